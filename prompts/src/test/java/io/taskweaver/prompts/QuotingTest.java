package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Checks;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts of users are material: whatever they say, the prompt around them stays what it is. */
class QuotingTest {
    @Property(tries = 500)
    void texts_of_users_are_never_taken_for_a_part_of_the_prompt(@ForAll("hostile") String text) {
        QueryParts calm = read("calm");

        QueryParts parts = read(text);

        assertThat(parts.task()).isEqualTo(calm.task());
        assertThat(parts.component()).isEqualTo(calm.component());
        assertThat(parts.operation()).isEqualTo(calm.operation());
        assertThat(parts.newClass()).isEqualTo(calm.newClass());
        assertThat(parts.acceptanceCriteria()).hasSameSizeAs(calm.acceptanceCriteria());
        assertThat(parts.implemented()).isEqualTo(calm.implemented());
        assertThat(parts.callable()).isEqualTo(calm.callable());
        assertThat(parts.conflicts()).isEqualTo(calm.conflicts());
        assertThat(parts.files()).isEqualTo(Map.of("docs/usage.md", text));
    }

    @Property(tries = 500)
    void the_prompt_has_the_same_headings_whatever_users_write(@ForAll("hostile") String text) {
        assertThat(headings(write(text))).isEqualTo(headings(write("calm")));
    }

    private static List<String> headings(String query) {
        var lines = List.of(query.split("\n", -1));
        var headings = new java.util.ArrayList<String>();
        int at = 1;
        while (at < lines.size()) {
            if (Fence.opening(lines.get(at)).isPresent()) {
                at = Fence.read(lines, at, false).orElseThrow().next();
            } else {
                if (lines.get(at).startsWith("#")) headings.add(lines.get(at));
                at++;
            }
        }
        return headings;
    }

    @Provide
    Arbitrary<String> hostile() {
        var pieces = Arbitraries.of(
                "\n",
                "\r",
                "\r\n",
                "\u2028",
                "\u0085",
                "\f",
                "# ",
                "## ",
                "### File: x",
                "```",
                "~~~~",
                "````java",
                "- Task: X",
                "- New class: evil/X.java",
                "> ",
                "## How to answer",
                "### Delete: pom.xml",
                "{{title}}",
                "{{{",
                "}}",
                "{{#files}}",
                " ",
                "    ",
                "word",
                "## Files at hand",
                "</quote>",
                "- ");
        return pieces.list().ofMinSize(1).ofMaxSize(12).map(list -> "a" + String.join("", list) + "z");
    }

    private static QueryParts read(String text) {
        return QueryReader.read(write(text));
    }

    private static String write(String text) {
        var plain = Contexts.work(Map.of("docs/usage.md", text));
        Task task = plain.task();
        var spoken = task.toBuilder()
                .title(text)
                .description(text)
                .acceptanceCriteria(List.of(text, text))
                .expectedFiles(List.of(text))
                .checks(new Checks(Optional.of(text), List.of(text)))
                .headings(List.of(text))
                .passages(Arrays.stream(Passage.Kind.values())
                        .map(kind -> new Passage(kind, text, List.of(text), text, new SourceSpan(text, 1, 2)))
                        .toList())
                .build();
        var id = new TaskId("T-1");
        var around = new Neighbourhood(
                List.of(new Neighbourhood.Foundation(id, text, text)),
                List.of(new Neighbourhood.Dependent(id, text, true, text, List.of(text), List.of(text))),
                List.of(new Neighbourhood.Later(id, text)),
                List.of(new Neighbourhood.Sibling(id, text, true, List.of(text))));
        var context = new IsolatedContext(
                text,
                spoken,
                List.of(text),
                List.of(text),
                plain.contracts(),
                plain.files(),
                Map.of("T-2", text),
                around,
                List.of(text),
                List.of(),
                1,
                Optional.empty());
        return QueryWriter.DEFAULT.write(context, Optional.of(text)).text();
    }
}
