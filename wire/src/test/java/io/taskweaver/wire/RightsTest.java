package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final Path DOCS = Path.of("../SECURITY.md");
    private static final String BEGIN =
            "<!-- rights: generated from io.taskweaver.wire.Rights, a test fails when they are stale -->\n";
    private static final String END = "<!-- end of rights -->\n";

    @Test
    void who_writes_a_topic_by_its_description_has_the_right_to() {
        for (var topic : Topics.all())
            for (var rights : Rights.all())
                if (topic.writer().contains(rights.name()))
                    assertThat(rights.writes()).as(rights.name()).contains(topic);
    }

    @Test
    void each_topic_is_written_and_read_by_somebody() {
        for (var topic : Topics.all()) {
            assertThat(Rights.all()).anyMatch(rights -> rights.writes().contains(topic));
            assertThat(Rights.all()).anyMatch(rights -> rights.reads().contains(topic));
        }
    }

    @Test
    void outcomes_are_written_by_executors_alone_and_by_the_planner_that_sends_them_home() {
        for (var topic : List.of(Topics.TASK_COMPLETED, Topics.TASK_FAILED))
            assertThat(Rights.all())
                    .filteredOn(rights -> rights.writes().contains(topic))
                    .containsExactly(Rights.PLANNER, Rights.EXECUTOR);
    }

    /** Write it anew with {@code ./mvnw -pl wire -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=RightsTest -Dtaskweaver.docs=write}. */
    @Test
    void the_documentation_lists_the_rights_as_they_are() throws IOException {
        var text = Files.readString(DOCS);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        var current = documentation();
        if ("write".equals(System.getProperty("taskweaver.docs")))
            Files.writeString(DOCS, text.substring(0, begin) + current + text.substring(end));

        assertThat(Files.readString(DOCS)).contains(BEGIN + current + END);
    }

    private static String documentation() {
        var text = new StringBuilder("\n"
                + "| | reads | writes | checks settings of | groups | state of Kafka Streams |\n"
                + "|---|---|---|---|---|---|\n");
        for (var rights : Rights.all())
            text.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            rights.name(),
                            quoted(names(rights.reads())),
                            quoted(names(rights.writes())),
                            quoted(names(rights.inspects())),
                            quoted(rights.groups()),
                            quoted(rights.state().stream()
                                    .map(start -> start + "*")
                                    .toList())));
        text.append("\n```sh\n");
        for (var rights : Rights.all())
            for (var grant : rights.grants("User:" + rights.name(), ""))
                text.append("acls ").append(String.join(" ", grant)).append('\n');
        return text.append("```\n").toString();
    }

    private static List<String> names(List<Topic<?>> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toList());
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
