package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.e2e.foreign.FramedDeserializer;
import io.taskweaver.e2e.foreign.FramedSerializer;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serdes of the user's own, from a jar in {@code lib/ext}: everything is written and read by them. */
@Tag("long")
class ForeignSerdesTest {
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    Path dir;

    @Test
    void classes_of_a_jar_in_lib_ext_write_and_read_all_events_of_a_plan() throws Exception {
        var home = home();
        jar(home.resolve("lib/ext/framed.jar"), FramedSerializer.class, FramedDeserializer.class);
        try (var workspace = new Workspace(dir, home)
                        .with("TASKWEAVER_EVENT_SERIALIZER", FramedSerializer.class.getName())
                        .with("TASKWEAVER_EVENT_DESERIALIZER", FramedDeserializer.class.getName());
                var later = new Workspace(dir, home)) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var document = workspace.document("REQUIREMENTS.md", """
                    # Parcel tracking

                    ## Requirements

                    - **FR-001**: The system shall register parcels
                    """);

            // A terminal that does not have the variables: a runtime's clients use what it uses.
            var run = later.taskweaver("run", document.toString());

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(dir.resolve("taskweaver-out/merged")).isNotEmptyDirectory();
            assertThat(frames(workspace))
                    .contains(
                            Topics.REQUIREMENTS_SUBMITTED.name(),
                            Topics.TASK_READY.name(),
                            Topics.TASK_COMPLETED.name(),
                            Topics.CONTRACT_PUBLISHED.name(),
                            Topics.CONTEXT_MERGED.name(),
                            Topics.PLAN_COMPLETED.name())
                    .doesNotContain(Topics.DEAD_LETTERS.name());
        }
    }

    /** The topics that have events, after each event was seen to be framed by its own type. */
    private static Set<String> frames(Workspace workspace) {
        var settings = new HashMap<String, Object>(workspace.broker());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var topics = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = Topics.all().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(known -> new TopicPartition(known.topic(), known.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L)))
                for (var message : consumer.poll(POLL)) {
                    if (message.value() == null) continue;
                    var type = Topics.all().stream()
                            .filter(topic -> topic.name().equals(message.topic()))
                            .findFirst()
                            .orElseThrow()
                            .type();
                    assertThat(new String(message.value(), StandardCharsets.ISO_8859_1))
                            .startsWith(FramedSerializer.MAGIC + type.getName() + "\n");
                    topics.add(message.topic());
                }
        }
        return topics;
    }

    /** The project's folder, but for {@code lib}, which is empty. */
    private Path home() throws IOException {
        var home = Files.createDirectory(dir.resolve("home"));
        for (var part : List.of("bin", "cli", "standalone", "runtime"))
            Files.createSymbolicLink(home.resolve(part), Workspace.PROJECT.resolve(part));
        Files.copy(Workspace.PROJECT.resolve("taskweaver"), home.resolve("taskweaver"));
        Files.createDirectories(home.resolve("lib/ext"));
        return home;
    }

    private static void jar(Path file, Class<?>... classes) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var one : classes) {
                var name = one.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (var bytes = one.getClassLoader().getResourceAsStream(name)) {
                    if (bytes == null) throw new IOException("no " + name);
                    bytes.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }
}
