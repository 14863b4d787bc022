"""Kleene logic: its laws, and what no answer may do to a verdict."""

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.rules.completions import certain, completions
from knowledge.rules.conditions import AllOf, AnyOf, Condition, Not
from knowledge.rules.derived import Facts
from knowledge.rules.logic import Tree, Truth, compile_tree
from knowledge.rules.solving import decisive, domains_of, solve
from tests.knowledge.rules.making import FACTS, ON, complete, conditions, partial, trees


def truth(condition: Condition, facts: Facts) -> Truth:
    return compile_tree(condition, FACTS).evaluate(facts, ON).truth


def no(condition: Condition) -> Condition:
    return Not.model_validate({"not": condition})


@given(conditions, conditions, partial)
def test_de_morgan_holds_with_unknowns(one: Condition, other: Condition, facts: Facts) -> None:
    neither = no(AnyOf(any=[one, other]))
    assert truth(neither, facts) is truth(AllOf(all=[no(one), no(other)]), facts)


@given(conditions, partial)
def test_a_double_negation_is_the_condition_itself(condition: Condition, facts: Facts) -> None:
    assert truth(no(no(condition)), facts) is truth(condition, facts)


@given(conditions, conditions, partial)
def test_the_order_of_conditions_does_not_matter(one: Condition, other: Condition, facts: Facts) -> None:
    assert truth(AllOf(all=[one, other]), facts) is truth(AllOf(all=[other, one]), facts)
    assert truth(AnyOf(any=[one, other]), facts) is truth(AnyOf(any=[other, one]), facts)


@given(conditions, conditions, partial)
def test_absorption_holds_with_unknowns(one: Condition, other: Condition, facts: Facts) -> None:
    assert truth(AnyOf(any=[one, AllOf(all=[one, other])]), facts) is truth(one, facts)


@given(trees, partial, complete)
def test_a_verdict_once_given_never_changes_with_more_answers(tree: Tree, some: Facts, more: Facts) -> None:
    before = tree.evaluate(some, ON).truth
    assume(before is not None)
    assert tree.evaluate({**more, **some}, ON).truth is before


@given(trees)
def test_with_no_answers_nothing_is_decided(tree: Tree) -> None:
    assert tree.evaluate({}, ON).truth is None


@given(trees, complete)
def test_with_all_answers_everything_is_decided(tree: Tree, facts: Facts) -> None:
    assert None not in tree.evaluate(facts, ON).truths


@given(trees, complete, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(tree: Tree, facts: Facts, shuffling: Random) -> None:
    names = list(facts)
    shuffling.shuffle(names)
    assert tree.evaluate({name: facts[name] for name in names}, ON).truths == tree.evaluate(facts, ON).truths


@given(trees, partial)
def test_an_irrelevant_fact_changes_nothing(tree: Tree, facts: Facts) -> None:
    known = tree.evaluate(facts, ON).truths
    assert tree.evaluate({**facts, "shoe_size": 42}, ON).truths == known


@given(trees, partial)
def test_what_kleene_decides_every_completion_agrees_with(tree: Tree, facts: Facts) -> None:
    decided = tree.evaluate(facts, ON).truth
    assume(decided is not None)
    ways = completions(tree, facts, ON)
    assert ways is not None
    assert certain(tree, ways, ON) is decided


@given(trees, complete)
def test_the_representatives_stand_for_every_answer(tree: Tree, facts: Facts) -> None:
    """Whatever somebody answers, a completion with the same truths is among those looked through."""
    ways = completions(tree, {}, ON)
    assert ways is not None
    assert tree.evaluate(facts, ON).truths in [tree.evaluate(way, ON).truths for way in ways]


@given(trees, st.booleans())
def test_the_search_for_answers_finds_exactly_what_the_completions_hold(tree: Tree, wanted: bool) -> None:
    ways = completions(tree, {}, ON)
    assert ways is not None
    possible = any(tree.evaluate(way, ON).truth is wanted for way in ways)
    found = solve(tree, [(tree.root, wanted)], domains_of(tree, ON), ON)
    assert (found is not None) is possible
    if found is not None:
        assert tree.evaluate(found, ON).truth is wanted


@given(trees)
def test_a_decisive_leaf_does_decide(tree: Tree) -> None:
    for place in range(len(tree.leaves)):
        for others in decisive(tree, place):
            found = solve(tree, [(place, True), *others], domains_of(tree, ON), ON)
            if found is not None:
                trace = tree.evaluate(found, ON)
                truths = list(trace.truths[: len(tree.leaves)])
                truths[place] = False
                for needs, children in tree.steps:
                    met = sum(truths[child] is True for child in children)
                    truths.append(not truths[children[0]] if needs < 0 else met >= needs)
                assert truths[-1] is not trace.truth
