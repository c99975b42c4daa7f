"""Idempotency keys."""

import pytest

from .client import Client

ALREADY = "is used with a different request."


def names(control):
    return [contact["Name"] for contact in control.documents("contacts")]


class TestOneKey:
    def test_replays_the_first_answer(self, xero, control):
        first = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        again = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        assert again.status == 200 and again.text == first.text
        assert names(control) == ["a"]
        assert [call["replayed"] for call in control.calls()] == [False, True]

    def test_replays_a_refusal_too(self, xero):
        first = xero.put("Contacts", {"Email": "a"}, Idempotency_Key="k")
        again = xero.put("Contacts", {"Email": "a"}, Idempotency_Key="k")
        assert first.status == again.status == 400

    def test_a_replay_costs_a_call(self, xero):
        xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        again = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        assert again.headers["X-DayLimit-Remaining"] == "4998"

    @pytest.mark.parametrize("path", ["Contacts", "Contacts?summarizeErrors=false"])
    def test_refuses_another_request(self, xero, control, path):
        xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        answer = xero.put(path, {"Name": "b"}, Idempotency_Key="k")
        assert answer.status == 400
        assert answer.body == {"Message": f"Idempotency Key: k {ALREADY}"}
        assert names(control) == ["a"]

    def test_is_forgotten_six_minutes_after_the_first_call(self, xero, control):
        control.clock.freeze()
        xero.post("Contacts", {"Name": "a"}, Idempotency_Key="k")
        control.clock.advance(360)
        xero.post("Contacts", {"Name": "a"}, Idempotency_Key="k")
        assert control.calls()[-1]["replayed"]
        control.clock.advance(1)
        xero.post("Contacts", {"Name": "a"}, Idempotency_Key="k")
        assert not control.calls()[-1]["replayed"]

    def test_belongs_to_one_access_token(self, simulator, xero, control):
        """The same key after a refresh creates a duplicate (spec: Surprise)."""
        contact = xero.create("Contacts", {"Name": "a"})["ContactID"]
        bill = {"Type": "ACCPAY", "Contact": {"ContactID": contact}}
        xero.put("Invoices", bill, Idempotency_Key="k")
        renewed = Client(simulator.url, control.grant())
        renewed.put("Invoices", bill, Idempotency_Key="k")
        assert len(control.documents("invoices")) == 2

    def test_may_by_option_belong_to_the_application(self, simulator, xero, control):
        control.set_options(idempotency_scope="app")
        first = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        renewed = Client(simulator.url, control.grant())
        assert renewed.put("Contacts", {"Name": "a"}, Idempotency_Key="k").text == (
            first.text
        )

    @pytest.mark.parametrize("key", ["", "k" * 129])
    def test_has_1_to_128_characters(self, xero, key):
        assert xero.put("Contacts", {"Name": "a"}, Idempotency_Key=key).status == 400

    def test_means_nothing_on_a_get(self, xero):
        xero.get("Contacts", Idempotency_Key="k")
        assert xero.get("Items", Idempotency_Key="k").status == 200


class TestAKeyInUse:
    def test_lets_a_repeat_wait_for_the_first_answer(
        self, simulator, control, in_thread
    ):
        control.fault("hold", at="during")
        grant = control.grant()

        def put():
            client = Client(simulator.url, grant)
            return client.put("Contacts", {"Name": "a"}, Idempotency_Key="k")

        first = in_thread(put)
        control.wait_held()
        repeat = in_thread(put)
        control.wait_calls(2)
        assert not repeat.done()
        control.release()
        assert first.result().text == repeat.result().text
        assert names(control) == ["a"]


class TestServerErrors:
    @pytest.mark.parametrize("committed", [False, True])
    def test_are_kept_under_the_key(self, xero, control, committed):
        control.fault("server_error", committed=committed)
        for _ in range(2):
            answer = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
            assert answer.status == 500
        assert names(control) == (["a"] if committed else [])

    def test_do_not_bind_a_new_key(self, xero, control):
        control.fault("server_error")
        xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k")
        answer = xero.put("Contacts", {"Name": "a"}, Idempotency_Key="k2")
        assert answer.status == 200
