"""Contacts as plain fields, matching and merging, without Odoo."""

import pytest

from lib import contacts, matching, references, sides, wire


class TestReferences:
    @pytest.mark.parametrize(
        ("name", "prefix"),
        [
            ("Darlington International", "DAR"),
            ("O'Neill", "ONE"),
            ("3M", "MXX"),
            ("Ýrsa Öl", "YRS"),
            ("Дом книги", "DOM"),
            ("Ωμέγα", "OME"),
            ("北京", "XXX"),
            ("", "XXX"),
        ],
    )
    def test_letters_of_a_name(self, name, prefix):
        """S57: names in any script, and names shorter than the pattern."""
        assert references.Pattern(references.DEFAULT).prefix(name) == prefix

    def test_numbers_grow_beyond_their_digits(self):
        """S57: the ten thousandth keeps its whole number."""
        pattern = references.Pattern(references.DEFAULT)
        assert pattern.reference("DAR", 1) == "DAR0001"
        assert pattern.reference("DAR", 12345) == "DAR12345"

    def test_any_form(self):
        """S58: the format is chosen."""
        pattern = references.Pattern("C-{number:5}/{letters:2}")
        assert pattern.reference(pattern.prefix("Azure"), 7) == "C-00007/AZ"

    @pytest.mark.parametrize(
        "text", ["", "ABC", "{letters:3}", "{number:0}", "{number:4}{number:4}", "{x}"]
    )
    def test_patterns_that_make_no_unique_reference(self, text):
        """S58: refused when it is typed."""
        with pytest.raises(references.PatternError):
            references.Pattern(text)


class TestFields:
    def test_what_is_read_is_what_was_written(self):
        """S39, G8: both addresses, the phone and the terms come back equal."""
        fields = {
            "name": "Azure",
            "email": "ap@azure.example",
            "phone": "+44 113 496 0000",
            "postal": contacts.address("1 High St", "", "Leeds", "", "LS1", "France"),
            "street": contacts.address("Dock 4", "Gate 2", "Hull", "", "HU1", ""),
            "sales_terms": "DAYSAFTERBILLDATE 30",
        }
        found = contacts.read(wire.encode(contacts.write(fields)))
        for name, value in fields.items():
            assert contacts.same(name, found[name], value), name

    def test_the_phone_of_three_parts_is_one_number(self):
        """S39: as Xero's own users type it."""
        phone = {
            "PhoneType": "DEFAULT",
            "PhoneCountryCode": "+44",
            "PhoneAreaCode": "113",
            "PhoneNumber": "496 0000",
        }
        assert contacts.read({"Phones": [phone]})["phone"] == "+44 113 496 0000"

    def test_clearing_says_so(self):
        """I15: an empty value empties, and only the fields that are given go."""
        sent = wire.encode(contacts.write({"email": "", "phone": ""}, clear=True))
        assert sent == {
            "EmailAddress": "",
            "Phones": [
                {
                    "PhoneType": "DEFAULT",
                    "PhoneNumber": "",
                    "PhoneAreaCode": "",
                    "PhoneCountryCode": "",
                }
            ],
        }

    def test_countries_have_letters_only(self):
        """S39: Xero takes nothing else."""
        assert contacts.country("Côte d'Ivoire") == "Cote d Ivoire"


RULES = sides.Rules(frozenset("ab"), frozenset("ab"))


class TestMerge:
    def test_nothing_changed(self):
        """N4: nothing to do, though the sides differ as they did."""
        found = sides.merge({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, RULES)
        assert not (found.send or found.take or found.conflicts)

    def test_each_side_changed_another_field(self):
        """N4: both edits survive."""
        agreed = {"a": 1, "b": 1}
        ours, theirs = {"a": 2, "b": 1}, {"a": 1, "b": 3}
        found = sides.merge(agreed, agreed, ours, theirs, RULES)
        assert (found.send, found.take, found.conflicts) == ({"a": 2}, {"b": 3}, [])

    def test_both_made_the_same_edit(self):
        """N4: agreed without traffic."""
        found = sides.merge({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, RULES)
        assert not (found.send or found.take or found.conflicts)
        assert found.here == found.there == {"a": 2}

    @pytest.mark.parametrize(
        ("winner", "send", "take", "conflicts"),
        [
            ("odoo", {"a": 2}, {}, []),
            ("xero", {}, {"a": 3}, []),
            ("ask", {}, {}, ["a"]),
        ],
    )
    def test_a_conflict_follows_the_setting(self, winner, send, take, conflicts):
        """N4, I15: nothing is overwritten without a person's choice."""
        rules = sides.Rules(RULES.sendable, RULES.takeable, winner)
        found = sides.merge({"a": 1}, {"a": 1}, {"a": 2}, {"a": 3}, rules)
        assert (found.send, found.take, found.conflicts) == (send, take, conflicts)

    def test_what_may_not_travel_stays(self):
        """S36: a field that the policy leaves to the accountant is not sent."""
        rules = sides.Rules(frozenset(), frozenset())
        found = sides.merge({"a": 1}, {"a": 1}, {"a": 2}, {"a": 1}, rules)
        assert not (found.send or found.take or found.conflicts)

    def test_joining_fills_what_one_side_lacks(self):
        """N4: the rest keeps its own value until someone decides."""
        ours, theirs = {"a": "x", "b": "y"}, {"a": "", "b": "z"}
        here, there = sides.first_agreement(ours, theirs, RULES)
        found = sides.merge(here, there, ours, theirs, RULES)
        assert (found.send, found.take, found.conflicts) == ({"a": "x"}, {}, [])


def _match(party, *others, mine=()):
    return matching.Index(others).candidates(party, matching.Index([party, *mine]))


class TestMatching:
    @pytest.mark.parametrize(
        "other",
        [
            "MULLER GMBH",
            "Müller  GmbH.",
            "müller",
            "The Müller Company",
            "Mu\u0308ller",
        ],
    )
    def test_names_are_normalised(self, other):
        """N23: case, accents, spaces and legal forms do not count."""
        [found] = _match(matching.Party(1, "Müller GmbH"), matching.Party("x", other))
        assert found.sure and found.reason == "name"

    def test_two_of_a_name_are_asked_about(self):
        """N23, S35: never by name alone where two fit, here or there."""
        smith = matching.Party(1, "J Smith")
        one, other = matching.Party("x", "J. Smith"), matching.Party("y", "J SMITH")
        found = _match(smith, one, other)
        assert {each.id for each in found} == {"x", "y"}
        assert not any(each.sure for each in found)
        [found] = _match(smith, one, mine=[matching.Party(2, "J Smith")])
        assert not found.sure

    def test_the_tax_number_goes_before_the_name(self):
        """N23: of two with the name, the one with the number."""
        [found] = _match(
            matching.Party(1, "Azure Interior", tax="GB 123 4567 82"),
            matching.Party("x", "Azure Interiors Ltd", tax="GB123456782"),
            matching.Party("y", "Azure Interior"),
        )
        assert (found.id, found.reason, found.sure) == ("x", "tax", True)

    def test_a_contradiction_is_asked_about(self):
        """N23: the same name with another tax number or currency."""
        one = matching.Party(1, "Azure", tax="GB123456782", currency="GBP")
        [found] = _match(one, matching.Party("x", "Azure", tax="GB999999973"))
        assert not found.sure
        [found] = _match(one, matching.Party("x", "Azure", currency="EUR"))
        assert not found.sure

    def test_other_spellings_are_asked_about(self):
        """N23: a letter more or less is doubt, not difference."""
        [found] = _match(
            matching.Party(1, "Johnson & Sons"), matching.Party("x", "Jonson and Sons")
        )
        assert (found.reason, found.sure) == ("alike", False)

    def test_strangers_are_no_candidates(self):
        """N23: nobody is asked about everybody."""
        assert not _match(
            matching.Party(1, "Johnson & Sons"), matching.Party("x", "Black Forest")
        )

    def test_an_address_shared_by_two_companies(self):
        """N23: the same e-mail with another name is doubt."""
        [found] = _match(
            matching.Party(1, "Red Ltd", email="ap@shared.example"),
            matching.Party("x", "Blue Ltd", email="AP@shared.example"),
        )
        assert (found.reason, found.sure) == ("email", False)
