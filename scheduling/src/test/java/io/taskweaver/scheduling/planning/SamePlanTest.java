package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not change what a document asks for changes no id, title or need of its plan. */
class SamePlanTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));
    private static final Pattern SHALL = Pattern.compile("\\b(?:shall|SHALL)\\b");

    /**
     * A task as it has to stay.
     *
     * @param needs what it waits for; "contract" before a contract
     */
    private record Shown(String title, boolean done, Set<String> needs) {
        Shown without(Set<String> ids) {
            return new Shown(
                    title,
                    done,
                    needs.stream()
                            .filter(need -> !ids.contains(need.replaceFirst("^contract ", "")))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Property(tries = 40)
    void another_file_name_changes_nothing(@ForAll Documents.Shape shape, @ForAll @IntRange(max = 9_999) int seed) {
        var text = Documents.of(shape, seed).text();
        for (var mode : modes())
            assertThat(plan("docs/Other name.md", text, mode)).isEqualTo(plan(text, mode));
    }

    @Property(tries = 40)
    void line_ends_of_another_system_change_nothing(
            @ForAll Documents.Shape shape, @ForAll @IntRange(max = 9_999) int seed) {
        unchanged(shape, seed, text -> text.replace("\n", "\r\n"));
    }

    @Property(tries = 40)
    void must_says_what_shall_says(@ForAll Documents.Shape shape, @ForAll @IntRange(max = 9_999) int seed) {
        unchanged(shape, seed, SamePlanTest::demanding);
    }

    @Property(tries = 80)
    void lines_may_be_broken_anywhere(
            @ForAll Documents.Shape shape,
            @ForAll @IntRange(max = 9_999) int seed,
            @ForAll @IntRange(min = 25, max = 100) int width) {
        unchanged(shape, seed, text -> Documents.wrapped(text, width));
    }

    @Property(tries = 80)
    void sections_about_different_things_may_stand_in_any_order(
            @ForAll Documents.Shape shape, @ForAll @IntRange(max = 9_999) int seed) {
        var sections = Documents.of(shape, seed);
        for (var mode : modes())
            assertThat(plan(sections.shuffled(new Random(seed)), mode)).isEqualTo(plan(sections.text(), mode));
    }

    @Property(tries = 80)
    void requirements_about_something_else_change_no_need(
            @ForAll Documents.Shape shape, @ForAll @IntRange(max = 9_999) int seed) {
        var sections = Documents.of(shape, seed);
        for (var mode : modes()) {
            var before = plan(sections.text(), mode);
            var after = plan(sections.with(new Random(seed)), mode);
            var added = new HashSet<>(after.keySet());
            added.removeAll(before.keySet());
            // What checks the whole waits for all of it, so for what is new too.
            after.keySet().removeAll(added);
            after.replaceAll((id, task) -> task.without(added));
            assertThat(after).isEqualTo(before);
        }
    }

    /** Documents of others, read where they lie; skipped where they do not. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "04", "05", "09", "16", "21", "22", "d02", "d05", "d07", "d16", "d17", "d26"})
    void nor_do_they_change_the_plan_of_a_document_of_others(String number) throws IOException {
        var text = corpus(number).replace("\r\n", "\n");
        for (var mode : modes()) {
            var plan = plan(text, mode);
            assertThat(plan("requirements/Other name.txt", text, mode))
                    .as("another name")
                    .isEqualTo(plan);
            assertThat(plan(text.replace("\n", "\r\n"), mode)).as("line ends").isEqualTo(plan);
            assertThat(plan(demanding(text), mode)).as("must").isEqualTo(plan);
        }
    }

    private static void unchanged(Documents.Shape shape, int seed, UnaryOperator<String> change) {
        var text = Documents.of(shape, seed).text();
        for (var mode : modes()) assertThat(plan(change.apply(text), mode)).isEqualTo(plan(text, mode));
    }

    private static String demanding(String text) {
        return SHALL.matcher(text).replaceAll(word -> word.group().equals("SHALL") ? "MUST" : "must");
    }

    private static List<ContractMode> modes() {
        return List.of(PlanOptions.DEFAULT.contracts(), ContractMode.NONE);
    }

    private static SortedMap<String, Shown> plan(String text, ContractMode mode) {
        return plan("d.md", text, mode);
    }

    private static SortedMap<String, Shown> plan(String path, String text, ContractMode mode) {
        var submission = Plans.submission(List.of(new Document(path, text)), Optional.empty());
        return shown(Plans.planned(Planner.plan(Plans.with(submission, mode))));
    }

    private static SortedMap<String, Shown> shown(Plan plan) {
        var tasks = new TreeMap<String, Shown>();
        for (var task : plan.tasks()) {
            var needs = new TreeSet<String>();
            for (var need : task.needs()) needs.add((need.kind() == Need.Kind.CONTRACT ? "contract " : "") + need.on());
            tasks.put(task.id().value(), new Shown(task.title(), task.done(), needs));
        }
        return tasks;
    }

    private static String corpus(String number) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), () -> "skipped: no documents in " + CORPUS.toAbsolutePath());
        try (var files = Files.list(CORPUS)) {
            return Files.readString(
                    files.filter(path -> path.getFileName().toString().startsWith(number + "-"))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
