package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose lines a person's files lack. */
class DroppedLinesTest {
    private static final PlanId PLAN = new PlanId("p");
    private static final String BASE = "def slug(text):\n    return text\n";

    @SuppressWarnings("NullAway.Init")
    private CodeRepository code;

    private final List<ContextMerged> merges = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        code = CodeRepository.open(folder.resolve("line"));
        merge("US-1", BASE, BASE + "\ndef first():\n    pass\n");
        merge("US-3", BASE + "\ndef first():\n    pass\n", merged());
    }

    @AfterEach
    void close() {
        code.close();
    }

    private static String merged() {
        return BASE + "\ndef first():\n    pass\n\ndef third():\n    pass\n";
    }

    private void merge(String task, String before, String after) throws Exception {
        var change = new EntryChange("slugify.py", Optional.of(file(before)), Optional.of(file(after)));
        merges.add(new ContextMerged(
                Meta.of(ContextMerged.class, PLAN, Instant.EPOCH, Optional.empty(), new TaskId(task), 1),
                new TaskId(task),
                1,
                merges.size() + 1,
                "1".repeat(40),
                "2".repeat(40),
                "3".repeat(40),
                List.of(change),
                List.of()));
    }

    private FileEntry file(String text) throws Exception {
        return code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
    }

    private String tree(String text) throws Exception {
        return code.edit(
                code.emptyTree(), List.of(new EntryChange("slugify.py", Optional.empty(), Optional.of(file(text)))));
    }

    private Map<String, List<TaskId>> dropped(String settled) throws Exception {
        return new DroppedLines(code, tree(BASE), tree(merged()), tree(settled)).of(List.of("slugify.py"), merges);
    }

    @Test
    void an_older_copy_lacks_what_tasks_have_merged_since() throws Exception {
        assertThat(dropped(BASE.replace("text)", "text, sep)")))
                .isEqualTo(Map.of("slugify.py", List.of(new TaskId("US-1"), new TaskId("US-3"))));
        assertThat(dropped(BASE + "\ndef third():\n    pass\n"))
                .isEqualTo(Map.of("slugify.py", List.of(new TaskId("US-1"))));
        assertThat(DroppedLines.named(List.of(new TaskId("US-1"), new TaskId("US-3"))))
                .isEqualTo("US-1 and US-3");
    }

    @Test
    void lines_that_are_elsewhere_in_the_file_or_were_there_before_the_plan_are_not_missing() throws Exception {
        assertThat(dropped("def third():\n    pass\n\n  def first():\n    pass\n"))
                .isEmpty();
    }
}
