"""From the editors' YAML to a catalogue, or to a list of problems that says file, line and what to do."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.problem import ContentError, Problem
from knowledge.reader import ContentReader, read_catalogue

SOUND = {
    "sources/all.yaml": """
        - id: bron
          title: Een pagina
          publisher: Een hogeschool
          url: https://example.org/
          as_of: "2026"
        """,
    "facts.yaml": """
        - name: diploma_level
          type: choice
          label: {nl: Diploma, en: Diploma}
          question: {nl: "Welk diploma?", en: "Which diploma?"}
          why: {nl: "Daarom.", en: "Because."}
          options:
            - {value: havo, label: {nl: Havo, en: Havo}}
        - name: subject
          type: subject
          label: {nl: Vak, en: Subject}
          question: {nl: "Welk vak?", en: "Which subject?"}
          why: {nl: "Daarom.", en: "Because."}
        - name: age
          type: number
          label: {nl: Leeftijd, en: Age}
          question: {nl: "Hoe oud?", en: "How old?"}
          why: {nl: "Daarom.", en: "Because."}
          minimum: 12
          maximum: 99
        """,
    "subjects.yaml": "- {id: wiskunde, title: Wiskunde, sectors: [vo]}\n",
    "routes/po.yaml": """
        - id: pabo
          kind: route
          title: Pabo
          summary: De opleiding tot leraar basisonderwijs.
          sources: [bron]
          roles: [leraar]
          next_step: Ga naar een open dag.
        """,
    "rules/po.yaml": """
        - id: pabo-diploma
          route: pabo
          statement: Voor de pabo heb je havo nodig.
          condition: {fact: diploma_level, one_of: [havo]}
          otherwise: Haal eerst havo.
          sources: [bron]
        """,
    "terms.yaml": """
        - id: juf
          kind: term
          title: Juf
          summary: Een ander woord voor lerares.
          sources: [bron]
        """,
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Lays down sound content with these files added or put in the place of others; returns the folder."""

    def lay_down(**files: str) -> Path:
        for name, text in {**SOUND, **{key.replace("__", "/") + ".yaml": text for key, text in files.items()}}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return tmp_path

    return lay_down


def problem_in(folder: Path) -> Problem:
    """The one problem of this content."""
    with pytest.raises(ContentError) as caught:
        read_catalogue(folder)
    [problem] = caught.value.problems
    return problem


def test_sound_content_becomes_a_catalogue(write: Write) -> None:
    catalogue = read_catalogue(write())

    assert [record.id for record in catalogue] == ["pabo", "juf"]
    assert [rule.id for rule in catalogue.rules] == ["pabo-diploma"]


def test_a_missing_folder_is_named_with_the_setting_that_points_at_it(tmp_path: Path) -> None:
    problem = problem_in(tmp_path / "nergens")

    assert problem.file.endswith("nergens")
    assert "LOKET_CONTENT" in problem.fix


def test_a_folder_without_yaml_is_no_content(tmp_path: Path) -> None:
    (tmp_path / "leesmij.md").write_text("niets")

    assert "no content" in problem_in(tmp_path).what


def test_an_empty_file_is_no_problem(write: Write) -> None:
    assert len(read_catalogue(write(articles__later="# nog niets\n"))) == 2


def test_broken_yaml_names_the_line_where_it_breaks(write: Write) -> None:
    problem = problem_in(write(terms="- id: juf\n  kind: term\n  title: [juf, meester\n- id: x\n"))

    assert (problem.file, problem.line) == ("terms.yaml", 4)
    assert "broken YAML" in problem.what
    assert "quotes" in problem.fix


def test_a_file_in_another_encoding_says_so(write: Write) -> None:
    folder = write()
    (folder / "terms.yaml").write_bytes("- id: café\n".encode("latin-1"))

    problem = problem_in(folder)

    assert (problem.file, problem.what, problem.fix) == ("terms.yaml", "the file is not UTF-8", "save it as UTF-8")


def test_a_file_that_is_no_list_says_how_to_start_an_item(write: Write) -> None:
    problem = problem_in(write(terms="id: juf\nkind: term\n"))

    assert problem.what == "the file is not a list"
    assert "- id:" in problem.fix


def test_an_item_that_is_no_mapping_is_named_by_its_line(write: Write) -> None:
    problem = problem_in(write(extra="# één\n- juf\n"))

    assert (problem.file, problem.line, problem.what) == ("extra.yaml", 2, "the item is no mapping")


def test_a_key_that_is_given_twice_is_refused(write: Write) -> None:
    problem = problem_in(
        write(extra="- id: meester\n  kind: term\n  title: Meester\n  title: Juf\n  summary: x\n  sources: [bron]\n")
    )

    assert (problem.file, problem.line) == ("extra.yaml", 1)
    assert problem.what == "key 'title' is given 2 times"


def test_a_key_that_is_given_twice_deep_inside_is_refused(write: Write) -> None:
    problem = problem_in(
        write(
            rules__extra="""
            - id: pabo-leeftijd
              route: pabo
              statement: Je bent minstens 21 jaar.
              condition: {fact: age, at_least: 21, at_least: 18}
              otherwise: Wacht nog even.
              sources: [bron]
            """
        )
    )

    assert "'at_least' is given 2 times" in problem.what


def test_an_unknown_field_is_named_with_its_own_line(write: Write) -> None:
    problem = problem_in(
        write(
            extra="- id: meester\n  kind: term\n  title: Meester\n  summary: Een leraar.\n  sources: [bron]\n  kleur: rood\n"
        )
    )

    assert (problem.file, problem.line) == ("extra.yaml", 6)
    assert problem.fix == "mend `kleur` of meester"


def test_an_unknown_kind_lists_those_there_are(write: Write) -> None:
    problem = problem_in(write(extra="- id: x\n  kind: toverspreuk\n"))

    assert "'toverspreuk'" in problem.what
    assert "route" in problem.fix


def test_an_id_that_is_used_twice_points_at_the_first(write: Write) -> None:
    problem = problem_in(write(zextra="- {id: juf, kind: faq, title: Juf?, summary: Een lerares., sources: [bron]}\n"))

    assert (problem.file, problem.line) == ("zextra.yaml", 1)
    assert problem.what == "record 'juf' is already at terms.yaml:1"


def test_a_rule_may_have_the_id_of_a_record(write: Write) -> None:
    folder = write(
        rules__extra="""
        - id: pabo
          route: pabo
          statement: Je bent minstens 21 jaar.
          condition: {fact: age, at_least: 21}
          otherwise: Wacht nog even.
          sources: [bron]
        """
    )

    assert len(read_catalogue(folder).rules) == 2


COST = """
    - id: collegegeld
      kind: cost
      title: Collegegeld
      summary: Wat je per studiejaar betaalt.
      sources: [bron]
      amounts:
        - {value: 2694, per: studiejaar, year: 2026-2027}
"""


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (COST.replace(", year: 2026-2027", ""), 7, "amounts.0.year"),
        (COST.replace("2026-2027", "ooit"), 7, "amounts.0.year"),
        (COST.replace("per: studiejaar", "per: kwartaal"), 7, "amounts.0.per"),
        (COST.replace("value: 2694", "value: 2694, at_most: 3000"), 7, "either `value`"),
        (COST.replace("value: 2694", "value: gratis"), 7, "amounts.0.value"),
        (COST.replace("sources: [bron]", "sources: []"), 5, "sources"),
        (COST.split("  amounts")[0], 1, "amounts"),
    ],
)
def test_an_amount_without_sum_period_year_or_source_is_refused(write: Write, wrong: str, line: int, says: str) -> None:
    problem = problem_in(write(money__costs=wrong))

    assert (problem.file, problem.line) == ("money/costs.yaml", line)
    assert says in problem.what
    assert "collegegeld" in problem.fix


def test_a_figure_without_a_year_is_refused(write: Write) -> None:
    problem = problem_in(
        write(
            figures="""
            - id: tekort
              kind: figure
              title: Lerarentekort
              summary: Het tekort was 16,5 procent.
              sources: [bron]
              value: 16.5
              unit: procent
              measure: lerarentekort
              scope: stad
              area: stad Den Haag
            """
        )
    )

    assert problem.what.startswith("year:")
    assert "tekort" in problem.fix


@pytest.mark.parametrize(
    ("wrong", "says", "fix"),
    [
        (COST.replace("[bron]", "[bron, krant]"), "collegegeld names source 'krant'", "add it under sources/"),
        (COST.replace("per: studiejaar", "sources: [krant], per: studiejaar"), "names source 'krant'", "add it under sources/"),
        (COST.replace("sources:", "regions: [atlantis]\n      sources:"), "points at 'atlantis', which is not there", "a region record"),
        (COST.replace("sources:", "regions: [juf]\n      sources:"), "points at 'juf', which is a term", "a region record"),
    ],
)  # fmt: skip
def test_what_is_pointed_at_and_not_there_is_named(write: Write, wrong: str, says: str, fix: str) -> None:
    problem = problem_in(write(money__costs=wrong))

    assert (problem.file, problem.line) == ("money/costs.yaml", 1)
    assert says in problem.what
    assert fix in problem.fix


RULE = """
    - id: nieuw
      route: pabo
      statement: Een regel over de pabo.
      condition: {fact: diploma_level, one_of: [havo]}
      otherwise: Haal eerst havo.
      sources: [bron]
"""


FACTS = """
    - name: role
      type: choice
      label: {nl: Functie, en: Job}
      question: {nl: "Wat wil je worden?", en: "What would you like to be?"}
      why: {nl: "Daarom.", en: "Because."}
      options:
        - {value: leraar, label: {nl: Leraar, en: Teacher}, means: {diploma_level: havo}}
"""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (FACTS.replace("level: havo", "level: zwemdiploma"), "leraar means diploma_level 'zwemdiploma'"),
        (FACTS.replace("diploma_level", "goal"), "leraar says something of 'goal'"),
        (FACTS.replace("diploma_level: havo", "role: leraar"), "leraar says something of 'role'"),
        (FACTS.replace("means", "left_out_means"), "role is no set"),
        (FACTS.replace("type: choice", "type: flag"), "leraar cannot mean something else"),
        (FACTS.replace("type: choice", "type: choice\n      after: goal"), "role is asked after 'goal'"),
    ],
)
def test_a_fact_that_means_what_cannot_be_is_refused(write: Write, wrong: str, says: str) -> None:
    problem = problem_in(write(facts__more=wrong))

    assert says in problem.what


def test_a_sentence_of_a_route_that_names_a_source_which_is_not_there_is_refused(write: Write) -> None:
    problem = problem_in(
        write(
            routes__new="""
                - id: nieuw
                  kind: route
                  title: Nieuw
                  summary: Een nieuwe weg naar leraar.
                  sources: [bron]
                  roles: [leraar]
                  next_step: Ga naar een open dag.
                  starts: {text: In september., sources: [krant], as_of: "2026"}
                """
        )
    )

    assert "nieuw names source 'krant'" in problem.what


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (RULE.replace("route: pabo", "route: alo"), "about route 'alo', which is not there"),
        (RULE.replace("route: pabo", "route: juf"), "about route 'juf', which is not there"),
        (RULE.replace("[havo]", "[gymnasium]"), "'gymnasium' is no value of diploma_level"),
        (RULE.replace("one_of: [havo]", "at_least: havo"), "diploma_level has no order"),
        (RULE.replace("diploma_level, one_of: [havo]", "age, one_of: [jong]"), "age is a number"),
        (RULE.replace("diploma_level, one_of: [havo]", "subject, one_of: [toverkunst]"), "'toverkunst' is no subject"),
        (RULE.replace("diploma_level, one_of: [havo]", "subject, is: toverkunst"), "'toverkunst' is no subject"),
        (RULE.replace("diploma_level, one_of: [havo]", "goal, is: starten"), "asks for fact 'goal'"),
        (RULE.replace("[bron]", "[krant]"), "names source 'krant'"),
    ],
)
def test_a_rule_about_what_is_not_there_is_refused(write: Write, wrong: str, says: str) -> None:
    problem = problem_in(write(rules__new=wrong))

    assert (problem.file, problem.line) == ("rules/new.yaml", 1)
    assert says in problem.what
    assert problem.fix


def test_all_problems_are_told_at_once(write: Write) -> None:
    folder = write(terms="- id: [\n", zextra="- {id: x, kind: spreuk}\n", rules__new=RULE.replace("[bron]", "[krant]"))

    with pytest.raises(ContentError) as caught:
        read_catalogue(folder)

    assert {problem.file for problem in caught.value.problems} == {"terms.yaml", "zextra.yaml", "rules/new.yaml"}
    assert str(caught.value).count(" -> ") == 3


def test_a_draft_is_kept_from_visitors_with_its_rules_and_shown_to_the_editor(write: Write) -> None:
    folder = write(
        routes__po=SOUND["routes/po.yaml"].replace("sources: [bron]", "sources: [bron]\n          confidence: low")
    )

    catalogue = read_catalogue(folder)

    assert catalogue.find("pabo") is None
    assert catalogue.rules == ()
    assert [draft.id for draft in catalogue.drafts] == ["pabo"]


def test_a_rule_that_is_not_sure_is_kept_from_visitors(write: Write) -> None:
    unsure = RULE.replace("sources: [bron]", "sources: [bron]\n      confidence: low")

    catalogue = read_catalogue(write(rules__new=unsure))

    assert [rule.id for rule in catalogue.rules] == ["pabo-diploma"]


@pytest.mark.parametrize(
    "hostile",
    [
        "- id: !!python/object/apply:os.system ['true']\n",
        "- &a [*a]\n",
        "- &a {id: lus, kind: term, body: *a}\n",
        "- {id: x, kind: term, valid_from: 2026-13-45}\n",
        "- {? [a, b] : c}\n",
        "- <<: 3\n",
        "\x00\n",
        "- {id: x, kind: [term]}\n",
        "- " + "[" * 2000 + "\n",
    ],
)
def test_whatever_stands_in_a_file_is_a_problem_and_never_a_crash(write: Write, hostile: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_catalogue(write(extra=hostile))

    assert {problem.file for problem in caught.value.problems} == {"extra.yaml"}


@given(text=st.text(st.sampled_from("-: \n\t[]{}&*!|>'\"#?,<aid1.20ké"), max_size=80))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_text_is_read_without_a_crash(text: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "terms.yaml").write_text(text, encoding="utf-8")
        reader = ContentReader(Path(folder))

        reader.read()
        reader.check()

        assert all(problem.file == "terms.yaml" and problem.fix for problem in reader.problems)
