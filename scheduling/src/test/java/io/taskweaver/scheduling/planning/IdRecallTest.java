package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many of the ids that documents define are in their plans, and how many ids of plans no document defines. What a
 * document defines is found here by other means than the reader's: by the few forms that each document uses.
 */
class IdRecallTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));
    private static final Pattern FENCE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```");
    private static final Pattern BINDING = Pattern.compile("^(N?FR-[0-9]+): ");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "05 ~ ^- \\*\\*((?:N?FR)-[0-9]+)\\*\\*: ~ 58",
                "11 ~ ^(?:### (US-[0-9]+):.*|- (FR-[0-9]+): .*) ~ 21",
                "12 ~ ^### Requirement ([0-9]+)$ ~ 18",
                "16 ~ ^\\| ([A-Z]{2}-[0-9]{2}) \\| ~ 56",
                "22 ~ ^### (T[0-9]{3}) ~ 30"
            })
    void every_id_that_a_document_defines_is_in_its_plan_and_no_other_is(String number, String form, int count)
            throws IOException {
        var text = read(number);
        var defined = new LinkedHashSet<String>();
        var match = Pattern.compile("(?m)" + form).matcher(FENCE.matcher(text).replaceAll(""));
        while (match.find()) {
            var id = match.group(1) == null ? match.group(2) : match.group(1);
            defined.add(Character.isDigit(id.charAt(0)) ? "REQ-" + id : id);
        }
        assertThat(defined).hasSize(count);

        var planned = ids(text);

        assertThat(planned).as("none twice").doesNotHaveDuplicates();
        assertThat(recall(defined, planned)).as("recall").isEqualTo(1);
        assertThat(recall(new LinkedHashSet<>(planned), List.copyOf(defined)))
                .as("precision: %s", planned)
                .isEqualTo(1);
    }

    private static double recall(Set<String> wanted, List<String> found) {
        return (double) wanted.stream().filter(found::contains).count() / wanted.size();
    }

    /** Ids of the plan that have the form of a stated id: of tasks, of what binds them and of what tells of them again. */
    private static List<String> ids(String text) {
        var planning = Plans.planning(List.of(new Document("d.md", text)), Optional.empty());
        var ids = new ArrayList<String>();
        var plan = Plans.planned(planning);
        var binding = new ArrayList<>(plan.constraints());
        plan.tasks().forEach(task -> binding.addAll(task.acceptanceCriteria()));
        for (var statement : new LinkedHashSet<>(binding)) {
            var named = BINDING.matcher(statement);
            if (named.find()) ids.add(named.group(1));
        }
        for (var task : plan.tasks()) {
            var id = task.id().value();
            boolean stated = task.kind() == Task.Kind.WORK && Character.isUpperCase(id.charAt(0));
            if (stated && id.indexOf('.') < 0) ids.add(id);
        }
        return ids;
    }

    private static String read(String number) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), () -> "skipped: no documents in " + CORPUS.toAbsolutePath());
        try (var files = Files.list(CORPUS)) {
            var file = files.filter(path -> path.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }
}
