package io.taskweaver.scheduling.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.scheduling.inference.Inference.Order;
import io.taskweaver.scheduling.inference.Inferred.Basis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InferenceTest {
    private static final List<Subject> SHOP = List.of(
            subject("Set up the project repository", "Initialize the repository, the build and the configuration."),
            subject("Create the product catalogue schema", "Define the `products` table and the ProductRecord type."),
            subject(
                    "Implement the product search endpoint",
                    "Query `products` and return ProductRecord items from /api/search."),
            subject("Build the search page", "Call /api/search and list the results."),
            subject("Send the weekly newsletter", "Render the mail and send it on Mondays."),
            subject("Deploy to production", "Package the whole product and release it."));

    private static Subject subject(String title, String text) {
        return new Subject(title, text, 1);
    }

    @Test
    void what_uses_a_name_needs_what_makes_it_and_the_reason_says_so() {
        var edge = edge(Inference.edges(SHOP, Order.LISTED), 2, 1);

        assertThat(edge.basis()).isEqualTo(Basis.DEFINITION);
        assertThat(edge.because()).contains("products").contains("Create the product catalogue schema");
        assertThat(edge.confidence()).isGreaterThan(0.5);
    }

    @Test
    void words_that_every_requirement_has_are_no_reason() {
        var subjects = List.of(
                subject("The store shall save links", "It must keep all of them."),
                subject("The guard shall check targets", "It must use the list of addresses."));

        assertThat(Inference.edges(subjects, Order.LISTED, 0))
                .isNotEmpty()
                .allSatisfy(edge -> assertThat(edge.because()).doesNotContain("speaks of '"));
    }

    @Test
    void more_evidence_gives_more_confidence() {
        var edges = Inference.edges(SHOP, Order.LISTED, 0);

        assertThat(edge(edges, 3, 2).confidence())
                .isGreaterThan(edge(edges, 4, 2).confidence());
        assertThat(edge(edges, 2, 1).confidence())
                .isGreaterThan(edge(edges, 4, 1).confidence());
    }

    @Test
    void nobody_needs_a_later_one_of_a_list() {
        assertThat(Inference.edges(SHOP, Order.LISTED, 0)).isNotEmpty().allMatch(edge -> edge.on() < edge.of());
    }

    @Test
    void where_order_says_nothing_the_edges_of_a_task_do_not_change_with_it() {
        var turned = SHOP.reversed();
        int last = SHOP.size() - 1;
        var there = Inference.edges(SHOP, Order.NONE).stream()
                .map(edge -> List.of(edge.of(), edge.on()))
                .toList();
        var back = Inference.edges(turned, Order.NONE).stream()
                .map(edge -> List.of(last - edge.of(), last - edge.on()))
                .toList();

        assertThat(there).isNotEmpty();
        assertThat(back).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void pairs_grow_with_the_plan_and_not_with_its_square() {
        int size = 6000;
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < size; i++)
            subjects.add(subject(
                    "Handle orders of region " + i % 900, "Store and export order " + i + " of shop " + i % 70));

        var evidence =
                PairEvidence.measure(subjects, true, LearnedParameters.shipped().place());

        assertThat(evidence.size()).isLessThanOrEqualTo(31 * size).isGreaterThan(size);
    }

    @Test
    void the_candidates_of_a_large_plan_hold_the_one_whose_name_is_used() {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < 500; i++) {
            subjects.add(subject("Create report table " + i, "Define the report_table_" + i + " in the schema."));
            subjects.add(subject("Handle part " + i, "Do what is usual."));
        }
        subjects.add(subject("Show totals", "Read report_table_7 and sum it up."));

        var edges = Inference.edges(subjects, Order.LISTED, 0);

        assertThat(edges).anyMatch(edge -> edge.of() == 1000 && edge.on() == 14 && edge.basis() == Basis.DEFINITION);
    }

    @Property(tries = 100)
    void inferred_needs_never_close_a_circle(@ForAll @Size(min = 2, max = 45) List<@IntRange(max = 11) Integer> picks) {
        var words = List.of("orders", "schema", "search", "tests", "page", "deploy");
        var subjects = picks.stream()
                .map(pick -> subject(words.get(pick % 6) + " " + words.get(pick / 2), words.get((pick + 3) % 6)))
                .toList();

        var edges = Inference.edges(subjects, Order.NONE, 0);

        var open = new HashSet<>(edges);
        var waiting = new HashSet<Integer>();
        do {
            waiting.clear();
            open.forEach(edge -> waiting.add(edge.of()));
        } while (open.removeIf(edge -> !waiting.contains(edge.on())));
        assertThat(open).isEmpty();
    }

    @Test
    void nothing_is_inferred_from_nothing() {
        assertThat(Inference.edges(List.of(), Order.LISTED)).isEmpty();
        assertThat(Inference.edges(List.of(subject("Only one", "")), Order.NONE))
                .isEmpty();
    }

    @Test
    void what_was_learned_is_written_as_it_is_read() {
        var text = LearnedParameters.shipped().text();

        assertThat(LearnedParameters.read(text).text()).isEqualTo(text);
        assertThat(LearnedParameters.shipped().listed().terms()).hasSizeBetween(10, 30);
    }

    private static Inferred edge(List<Inferred> edges, int of, int on) {
        return edges.stream()
                .filter(edge -> edge.of() == of && edge.on() == on)
                .findFirst()
                .orElseThrow();
    }
}
