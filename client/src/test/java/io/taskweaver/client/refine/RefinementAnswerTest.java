package io.taskweaver.client.refine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.refine.Answers;
import io.taskweaver.scheduling.refine.Questions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefinementAnswerTest {
    private static final String NEED =
            "{\"task\": \"A\", \"on\": \"B\", \"verdict\": \"needed\", \"source\": [\"d.md:3\"], \"because\": \"its table\"}";

    @Test
    void each_kind_of_answer_is_read_from_a_fenced_block_with_prose_around_it() throws Exception {
        var json = """
                {"statements": [
                  {"source": "d.md:3-4", "is": "work", "title": "Import orders", "because": "asks for code"},
                  {"source": "a:b.md:9", "is": "part", "of": "FR-001", "because": "a condition"},
                  {"source": "d.md:7", "is": "boundary", "because": "says not"}],
                 "needs": [
                  {"task": "A", "on": "B", "verdict": "not-needed", "source": ["d.md:3", "d.md:5-6"], "because": "a word"},
                  {"task": "B", "on": "C", "verdict": "reversed", "source": ["d.md:5"], "because": "its table"}]}
                """;
        var answer = RefinementAnswer.read("Here is {what} I think.\n\n```json\n" + json + "```\nThat is all.\n");
        assertThat(answer.problems()).isEmpty();
        assertThat(answer.answers())
                .contains(new Answers(
                        List.of(
                                statement("d.md", 3, 4, Ruling.Kind.WORK, "Import orders", null, "asks for code"),
                                statement("a:b.md", 9, 9, Ruling.Kind.PART, null, "FR-001", "a condition"),
                                statement("d.md", 7, 7, Ruling.Kind.BOUNDARY, null, null, "says not")),
                        List.of(
                                new Answers.OfNeed(
                                        new TaskId("A"),
                                        new TaskId("B"),
                                        Answers.Verdict.NOT_NEEDED,
                                        List.of(new SourceSpan("d.md", 3, 3), new SourceSpan("d.md", 5, 6)),
                                        "a word"),
                                new Answers.OfNeed(
                                        new TaskId("B"),
                                        new TaskId("C"),
                                        Answers.Verdict.REVERSED,
                                        List.of(new SourceSpan("d.md", 5, 5)),
                                        "its table"))));
        var mapper = new ObjectMapper();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(mapper.readTree(RefinementAnswer.schemaText()))
                        .validate(mapper.readTree(json)))
                .isEmpty();
    }

    private static Answers.OfStatement statement(
            String path,
            int first,
            int last,
            Ruling.Kind is,
            @Nullable String title,
            @Nullable String of,
            String because) {
        return new Answers.OfStatement(
                new SourceSpan(path, first, last),
                is,
                Optional.ofNullable(title),
                Optional.ofNullable(of).map(TaskId::new),
                because);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "Sure: %s",
                "%s\n\nI hope {this} helps.",
                "```\n{\"needs\": []\n```\n```json\r\n%s\r\n```\r\n",
                "I looked at {a, b}.\n%s"
            })
    void json_is_found_wherever_it_stands(String around) {
        var answer = RefinementAnswer.read(around.formatted("{\"needs\": [" + NEED + "]}"));
        assertThat(answer.answers().orElseThrow().needs()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"source": "d.md:3", "is": "task", "because": "x"} | $.statements[0].is
                    {"source": "d.md:3", "is": "work"} | because
                    {"source": "d.md", "is": "work", "because": "x"} | $.statements[0].source
                    {"source": "d.md:0", "is": "work", "because": "x"} | $.statements[0].source
                    {"source": "d.md:5-3", "is": "work", "because": "x"} | not a span
                    {"source": "d.md:3", "is": "work", "because": " "} | $.statements[0].because
                    {"source": "d.md:3", "is": "part", "because": "x"} | of
                    {"source": "d.md:3", "is": "context", "of": "A", "because": "x"} | of
                    {"source": "d.md:3", "is": "context", "title": "T", "because": "x"} | title
                    {"source": "d.md:3", "is": "work", "title": "a\\nb", "because": "x"} | one line
                    {"source": "d.md:3", "is": "part", "of": "no/id!", "because": "x"} | $.statements[0]
                    {"source": "d.md:3", "is": "work", "because": "x", "more": 1} | more
                    {"source": 3, "is": "work", "because": "x"} | string
                    7 | object
                    null | object
                    """)
    void what_the_schema_does_not_allow_is_named_by_its_path_and_the_rest_counts(String wrong, String named) {
        var answer = RefinementAnswer.read("{\"statements\": [" + wrong + "], \"needs\": [" + NEED + "]}");
        assertThat(answer.answers().orElseThrow().statements()).isEmpty();
        assertThat(answer.answers().orElseThrow().needs()).hasSize(1);
        assertThat(answer.problems())
                .singleElement()
                .asString()
                .startsWith("Left out: $.statements[0]")
                .contains(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n",
                "I cannot do that.",
                "{\"changes\": []}",
                "{\"needs\": [",
                "```json\n{\"needs\": [\n```",
                "[]",
                "null",
                "}{",
                "{{{{"
            })
    void an_answer_without_such_a_document_says_so(String text) {
        var answer = RefinementAnswer.read(text);
        assertThat(answer.answers()).isEmpty();
        assertThat(answer.problems()).singleElement().asString().startsWith("The answer ");
    }

    @Test
    void an_answer_that_ends_too_early_says_where() {
        assertThat(RefinementAnswer.read("{\"needs\": [\n{\"task\": \"A\",").problems())
                .singleElement()
                .asString()
                .contains("line 2");
    }

    @Test
    void a_hostile_answer_is_refused_at_once() {
        assertThat(RefinementAnswer.read("{\"needs\": [" + "x".repeat(10_000_000))
                        .problems())
                .containsExactly("The answer has 10,000,011 characters; at most 1,000,000 are read.");
        assertThat(RefinementAnswer.read("{\"needs\": " + "[".repeat(400_000)).answers())
                .isEmpty();
        assertThat(RefinementAnswer.read("{".repeat(900_000) + "}").answers()).isEmpty();
        assertThat(RefinementAnswer.read("```\n".repeat(200_000)).answers()).isEmpty();
        var many = RefinementAnswer.read("{\"needs\": [" + "7,".repeat(300_000) + "7]}");
        assertThat(many.answers().orElseThrow().needs()).isEmpty();
        assertThat(many.problems()).hasSizeLessThan(30);
    }

    @Test
    void the_prompt_holds_what_is_unsure_the_schema_and_nothing_else() {
        var submission = new Submission(
                new PlanId("shop"),
                List.of(new Document("shop.md", """
                        # Shop

                        - FR-001: The system shall store customers with name and address
                        - FR-002: The system shall list customers (depends on FR-001)
                        - FR-003: The system shall send invoices to customers by mail
                        - FR-004: Have a logo in blue

                        ## Data

                        - Colours that fit the brand
                        - ``` fences and "quotes" of a document
                        """)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
        var plan = ((Planning.Planned) Planner.plan(submission)).plan();
        var prompt = RefinementPrompt.write(submission, plan, Questions.of(submission, plan));
        assertThat(prompt)
                .contains(
                        "\"source\":\"shop.md:10\"",
                        "> 10: - Colours that fit the brand",
                        "\"chapter\":[\"Shop\",\"Data\"]")
                .contains("\"task\":\"FR-003\",\"on\":\"FR-001\"", "\"not-needed\"")
                .doesNotContain("\"task\":\"FR-002\",\"on\":\"FR-001\"");
        assertThat(prompt.lines().filter(line -> line.startsWith("```"))).hasSize(4);
        assertThat(prompt.length()).isLessThan(6_000);
    }
}
