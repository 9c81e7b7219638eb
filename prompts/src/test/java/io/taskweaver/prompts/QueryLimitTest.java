package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.IsolatedContext;
import io.taskweaver.prompts.Query.Omission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QueryLimitTest {
    private static final String BIG = "line of text\n".repeat(400);

    @Test
    void over_the_limit_the_least_useful_files_go_first_and_the_text_names_them() {
        Map<String, String> files = Map.of(
                "docs/usage.md", BIG, "docs/other.md", BIG, "unrelated/a.txt", BIG, "unrelated/b.txt", BIG + BIG);
        int whole = tokens(Contexts.work(files), 60_000);

        int limit = whole - TokenCount.exact().of(BIG) * 3 + 300;
        Query query = write(Contexts.work(files), limit);

        assertThat(query.tokens()).isLessThanOrEqualTo(limit);
        assertThat(QueryReader.read(query.text()).files()).containsOnlyKeys("docs/usage.md", "docs/other.md");
        assertThat(query.text()).contains("## Left out", "- unrelated/a.txt (", "- unrelated/b.txt (");
        assertThat(query.leftOut()).extracting(Omission::name).containsExactly("unrelated/a.txt", "unrelated/b.txt");
    }

    @Test
    void what_the_task_can_not_be_done_without_stays_whatever_the_limit() {
        String text = new QueryWriter(QueryTemplates.DEFAULT, 1, TokenCount.exact())
                .write(Contexts.work(Map.of("a.txt", "a")), Optional.of("it broke"))
                .text();
        QueryParts parts = QueryReader.read(text);

        assertThat(parts.implemented()).containsOnlyKeys(Contexts.INTERFACE_PATH);
        assertThat(parts.acceptanceCriteria()).hasSize(2);
        assertThat(parts.files()).isEmpty();
        assertThat(text).contains("Java 25 only", "it broke", "## Left out");
    }

    @Property(tries = 60)
    void the_limit_is_kept_whenever_what_is_essential_fits(
            @ForAll("someFiles") Map<String, String> files, @ForAll @IntRange(min = 1, max = 12_000) int limit) {
        int essential = tokens(Contexts.work(files), 1);

        Query query = write(Contexts.work(files), limit);

        assertThat(TokenCount.exact().of(query.text())).isLessThanOrEqualTo(Math.max(limit, essential));
        assertThat(query.tokens()).isEqualTo(TokenCount.exact().of(query.text()));
    }

    @Property(tries = 60)
    void nothing_is_lost_silently(
            @ForAll("someFiles") Map<String, String> files, @ForAll @IntRange(min = 1, max = 12_000) int limit) {
        Query query = write(Contexts.work(files), limit);

        Map<String, String> shown = QueryReader.read(query.text()).files();
        List<String> missing = query.leftOut().stream().map(Omission::name).toList();
        files.forEach((path, text) -> {
            if (shown.containsKey(path)) assertThat(shown).containsEntry(path, text);
            else assertThat(missing).contains(path);
        });
        assertThat(query.text().contains("## Left out")).isEqualTo(!missing.isEmpty());
    }

    @Property(tries = 30)
    void the_same_context_gives_the_same_text(
            @ForAll("someFiles") Map<String, String> files, @ForAll @IntRange(min = 1, max = 12_000) int limit) {
        assertThat(write(Contexts.work(new HashMap<>(files)), limit)).isEqualTo(write(Contexts.work(files), limit));
    }

    @Provide
    Arbitrary<Map<String, String>> someFiles() {
        Arbitrary<String> paths = Arbitraries.strings()
                .withCharRange('a', 'e')
                .ofMinLength(1)
                .ofMaxLength(3)
                .map(name -> "docs/" + name + ".txt");
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("ab `~#\n->é漢")
                .ofMaxLength(3_000)
                .map(text -> text.repeat(3));
        return Arbitraries.maps(paths, texts).ofMaxSize(12);
    }

    private static int tokens(IsolatedContext context, int limit) {
        return write(context, limit).tokens();
    }

    private static Query write(IsolatedContext context, int limit) {
        return new QueryWriter(QueryTemplates.DEFAULT, limit, TokenCount.exact()).write(context, Optional.empty());
    }
}
