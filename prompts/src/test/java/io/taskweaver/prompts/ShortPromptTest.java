package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileConflict;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.IsolatedContextBuilder;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShortPromptTest {
    private static final String LONG = "A line of a long text, with öther ǀetters.\n".repeat(400);

    /** A context, and the texts in it of which none may be lost. */
    private record Given(IsolatedContext context, List<String> facts, Optional<String> feedback) {}

    private static Query write(IsolatedContext context, Optional<String> feedback) {
        return QueryWriter.DEFAULT.write(context, feedback, new Delivery.InFolder());
    }

    private static Passage passage(Passage.Kind kind, String text) {
        return new Passage(kind, "", List.of("Shop", "Data"), text, new SourceSpan("requirements.md", 3, 4));
    }

    private static IsolatedContext with(IsolatedContext context, Task task) {
        return IsolatedContextBuilder.builder(context).task(task).build();
    }

    private static IsolatedContext with(String description, List<String> criteria, List<Passage> passages) {
        var context = Contexts.work(Map.of("docs/usage.md", "# Usage\n"));
        return with(
                context,
                context.task().toBuilder()
                        .description(description)
                        .acceptanceCriteria(criteria)
                        .headings(List.of("Shop", "Orders"))
                        .passages(passages)
                        .build());
    }

    @Test
    void what_fits_is_all_in_the_prompt_and_files_of_the_code_are_named() {
        var query = write(
                with(
                        "Order books.",
                        List.of("It works"),
                        List.of(
                                passage(Passage.Kind.TERM, "**Order**: books that a customer asks for"),
                                passage(Passage.Kind.DATA, "| a | b |\n|---|---|\n| c | d |"),
                                passage(Passage.Kind.COMMAND, "make test"))),
                Optional.empty());

        assertThat(query.text())
                .contains("- Stands in: Shop > Orders", "## Meanings of words\n\n- **Order**: books that")
                .contains("From Shop > Data, requirements.md:3-4:\n\n> | a | b |\n> |---|---|\n> | c | d |")
                .contains("## Commands\n\n", "- `make test`", "- `docs/usage.md`", Contexts.INTERFACE)
                .doesNotContain("# Usage", "MockShortener", "api: x", "## How to answer");
        assertThat(query.aside()).isEmpty();
        assertThat(query.leftOut()).isEmpty();
    }

    @Test
    void without_contracts_files_are_named_and_nothing_is_said_of_contracts() {
        var context = IsolatedContextBuilder.builder(Contexts.work(Map.of("docs/usage.md", "# Usage\n")))
                .contracts(List.of())
                .build();

        assertThat(write(context, Optional.empty()).text())
                .contains("## Files to look at")
                .doesNotContainIgnoringCase("contract");
    }

    @Test
    void what_has_no_room_is_in_the_file_that_the_prompt_names() {
        var query = write(
                with(
                        "Order books.",
                        List.of("It works"),
                        List.of(passage(Passage.Kind.DATA, "first"), passage(Passage.Kind.DATA, LONG + "second"))),
                Optional.empty());

        assertThat(query.bytes()).isLessThanOrEqualTo(QueryWriter.DEFAULT_BYTES);
        assertThat(query.text())
                .contains("> first", "> Order books.", "- It works", "`.taskweaver/task.md`")
                .contains("what the documents say about it (tables, code, text)")
                .doesNotContain("second");
        assertThat(query.aside().orElseThrow().text()).contains("> second").doesNotContain("> first");
    }

    @Test
    void of_a_requirement_that_is_longer_than_the_limit_the_beginning_stays() {
        var query = write(with("Begins so.\n" + LONG + "Ends so.", List.of("It works"), List.of()), Optional.empty());

        assertThat(query.bytes()).isLessThanOrEqualTo(QueryWriter.DEFAULT_BYTES);
        assertThat(query.text())
                .contains("> Begins so.", "all of it is in `.taskweaver/task.md`", "- It works")
                .doesNotContain("Ends so.");
        assertThat(query.aside().orElseThrow().text()).contains("> Begins so.", "> Ends so.");
    }

    @Test
    void a_long_failure_is_in_the_file_and_its_beginning_and_end_in_the_prompt() {
        var query = write(
                with("Order books.", List.of(), List.of()),
                Optional.of("it began\n" + "x".repeat(5_000) + "middle" + "x".repeat(5_000) + "\nit ended"));

        assertThat(query.bytes()).isLessThanOrEqualTo(QueryWriter.DEFAULT_BYTES);
        assertThat(query.text())
                .contains("> it began", "> it ended", "all of why the last attempt failed")
                .doesNotContain("middle");
        assertThat(query.aside().orElseThrow().text()).contains("middle");
    }

    @Test
    void the_sides_of_a_conflict_go_into_the_file_where_they_have_no_room() {
        var conflict = new FileConflict(
                "a.txt",
                Optional.of("base\n" + LONG),
                Optional.of("ours\n" + LONG),
                Optional.of("theirs\n"),
                List.of());

        var query = write(Contexts.reconcile(List.of(conflict)), Optional.empty());

        assertThat(query.bytes()).isLessThanOrEqualTo(QueryWriter.DEFAULT_BYTES);
        assertThat(query.text())
                .contains("the texts of both sides", "Two results changed the same places of the expected files.")
                .contains("Change only the files that are in conflict")
                .doesNotContain("no file conflicts", "so that it passes");
        assertThat(QueryReader.read(query.whole()).conflicts()).containsExactly(conflict);
    }

    @Test
    void what_fails_together_without_a_conflict_is_to_be_made_to_pass() {
        var query = write(Contexts.reconcile(List.of()), Optional.empty());

        assertThat(query.text())
                .contains("no file conflicts, but together they fail", "so that it passes")
                .doesNotContain("Two results changed the same places", "files that are in conflict");
    }

    @Test
    void a_template_that_does_not_know_of_the_file_names_it_all_the_same() {
        var templates = (TemplateReading.Usable)
                QueryTemplates.of(Map.of("task.mustache", "# {{title}}\n{{#passages}}{{quote}}\n{{/passages}}"));
        var query = new QueryWriter(templates.templates(), 60_000, TokenCount.estimated())
                .write(
                        with("x", List.of(), List.of(passage(Passage.Kind.DATA, LONG))),
                        Optional.empty(),
                        new Delivery.InFolder());

        assertThat(query.text()).contains("More on this task is in `.taskweaver/task.md`: what the documents say");
    }

    @Test
    void who_works_without_a_work_tree_is_given_all_of_it() {
        var context = with("Order books.", List.of(), List.of(passage(Passage.Kind.DATA, LONG + "end")));
        var place = new Delivery.OnRemote("https://git.example/x", "main");

        for (var delivery : List.of(new Delivery.Answered(), place, new Delivery.InFolder(Optional.empty()))) {
            var query = QueryWriter.DEFAULT.write(context, Optional.empty(), delivery);
            assertThat(query.text()).as("%s", delivery).contains("> end").doesNotContain(".taskweaver");
            assertThat(query.aside()).isEmpty();
        }
    }

    @Test
    void what_is_taken_for_granted_is_not_out_of_scope() {
        var context = IsolatedContextBuilder.builder(Contexts.work(Map.of()))
                .boundaries(List.of("Chat", "Assumed: Users have a phone"))
                .build();

        assertThat(write(context, Optional.empty()).text())
                .contains("- Out of scope: Chat\n- Taken for granted: Users have a phone\n");
    }

    @Test
    void what_waits_is_said_as_it_is() {
        var alone = IsolatedContextBuilder.builder(Contexts.work(Map.of()))
                .dependents(Map.of())
                .neighbourhood(Neighbourhood.NONE)
                .build();
        var called = IsolatedContextBuilder.builder(alone)
                .neighbourhood(new Neighbourhood(
                        List.of(),
                        List.of(new Neighbourhood.Dependent(
                                new TaskId("FR-2"), "Resolve links", true, "", List.of(), List.of())),
                        List.of(),
                        List.of()))
                .build();

        assertThat(write(alone, Optional.empty()).text()).contains("No other task of the plan waits for it.");
        assertThat(write(called, Optional.empty()).text())
                .contains("No other task waits for it, but others call what it makes")
                .contains("- FR-2: Resolve links (calls your component through its contract)");
    }

    @Property(tries = 300)
    void a_prompt_is_short_and_nothing_is_lost(@ForAll("given") Given given) {
        var query = write(given.context(), given.feedback());

        assertThat(query.bytes()).isLessThanOrEqualTo(QueryWriter.DEFAULT_BYTES);
        for (var fact : given.facts()) assertThat(query.whole()).contains(fact);
        assertThat(query.text().contains(".taskweaver/task.md"))
                .isEqualTo(query.aside().isPresent());
        var whole = QueryReader.read(
                QueryWriter.DEFAULT.write(given.context(), given.feedback()).text());
        var parts = QueryReader.read(query.whole());
        assertThat(parts.task()).isEqualTo(whole.task());
        assertThat(parts.title()).isEqualTo(whole.title());
        assertThat(parts.acceptanceCriteria()).containsExactlyInAnyOrderElementsOf(whole.acceptanceCriteria());
        assertThat(parts.newClass()).isEqualTo(whole.newClass());
        assertThat(parts.outputs()).isEqualTo(whole.outputs());
    }

    @Provide
    Arbitrary<Given> given() {
        var words = Arbitraries.of(
                "word ",
                "\n",
                "## Files at hand\n",
                "```\n",
                "> quote\n",
                "# Title\n",
                "- Task: X\n",
                "多字节 ",
                "| a |\n");
        var texts = words.list().ofMinSize(1).ofMaxSize(60).map(all -> String.join("", all));
        var lengths = Arbitraries.integers().between(1, 30);
        var sized = Combinators.combine(texts, lengths).as((text, times) -> text.repeat(times));
        return Combinators.combine(
                        sized,
                        sized.list().ofMaxSize(6),
                        sized.list().ofMaxSize(6),
                        sized.list().ofMaxSize(6),
                        sized.optional())
                .as(ShortPromptTest::given);
    }

    private static Given given(
            String description,
            List<String> criteria,
            List<String> data,
            List<String> binding,
            Optional<String> feedback) {
        var facts = new ArrayList<String>();
        facts.add("fact-d");
        var marked = new ArrayList<String>();
        for (var criterion : criteria) marked.add(criterion + "fact-c" + marked.size());
        var passages = new ArrayList<Passage>();
        for (var text : data)
            passages.add(passage(Passage.Kind.values()[passages.size() % 3], text + "fact-p" + passages.size()));
        var constraints = new ArrayList<String>();
        for (var text : binding) constraints.add(text + "fact-b" + constraints.size());
        for (int i = 0; i < marked.size(); i++) facts.add("fact-c" + i);
        for (int i = 0; i < passages.size(); i++) facts.add("fact-p" + i);
        for (int i = 0; i < constraints.size(); i++) facts.add("fact-b" + i);
        feedback.ifPresent(text -> facts.add("fact-f"));
        var context = IsolatedContextBuilder.builder(with(description + "fact-d", marked, passages))
                .constraints(constraints)
                .build();
        return new Given(context, facts, feedback.map(text -> text + "fact-f"));
    }
}
