package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.TaskStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatesDocumentTest {
    @Test
    void the_document_lists_every_state_of_plans_and_tasks_in_their_order() throws IOException {
        var text = Files.readString(Path.of("..", "docs", "states.md"));
        var rows =
                Pattern.compile("(?m)^\\| `([a-z-]+)`").matcher(text).results().map(row -> row.group(1));
        assertThat(rows)
                .containsExactlyElementsOf(Stream.concat(
                                Arrays.stream(PlanStage.values()).map(PlanStage::word),
                                Arrays.stream(TaskStage.values()).map(TaskStage::word))
                        .toList());
    }
}
