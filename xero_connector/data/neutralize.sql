-- A neutralised copy keeps its links and its history, but no access and no work:
-- unfinished jobs of a copy would stop the job runner of every database on the server.
UPDATE xero_connection
   SET client_secret = NULL, webhook_key = NULL, token_id = NULL,
       consent_nonce = NULL, consent_verifier = NULL;
UPDATE xero_token
   SET access_token = NULL, refresh_token = NULL, expires_at = NULL;
DELETE FROM queue_job
 WHERE model_name LIKE 'xero.%' AND state NOT IN ('done', 'cancelled');
