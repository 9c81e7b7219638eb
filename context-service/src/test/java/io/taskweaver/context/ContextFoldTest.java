package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFoldTest {
    private static final Map<String, String> SERDES = SingleObjectSerializer.settings();

    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());

    @Test
    void code_is_sent_before_what_is_announced_about_it(@TempDir Path folder) throws Exception {
        try (var commits = new Commits(folder.resolve("code"))) {
            var context = new MockProcessorContext<byte[], Outgoing>(
                    new Properties(), new TaskId(0, 0), folder.resolve("state").toFile());
            var store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(ContextTopology.STORE), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            context.setCurrentSystemTimeMs(PlanEvents.OCCURRED.toEpochMilli());
            store.init(context.getStateStoreContext(), store);
            var fold = new ContextFold(
                    "",
                    SERDES,
                    PlanEvents.TICKETS,
                    new ContextRules(commits),
                    new DeadLetters("context", "", SERDES),
                    outcome -> {},
                    new CurrentWork(InstantSource.system()));
            fold.init(context);

            read(fold, context, Topics.REQUIREMENTS_SUBMITTED, plan.submitted(code("A.java", "a")));
            var result = plan.completed("api", 1, file("A.java", "a", "b"));
            read(
                    fold,
                    context,
                    Topics.TASK_COMPLETED,
                    commits.of(result, Optional.empty()).event());

            assertThat(context.forwarded())
                    .extracting(forwarded -> forwarded.record().value().topic())
                    .containsExactly(
                            Topics.CODE_OBJECTS.name(""), Topics.CODE_OBJECTS.name(""), Topics.CONTEXT_MERGED.name(""));
        }
    }

    private static void read(
            ContextFold fold, MockProcessorContext<byte[], Outgoing> context, Topic<?> topic, SpecificRecord event) {
        context.setRecordMetadata(topic.name(""), 0, 0);
        var value = EventSerdes.serializer(SERDES).serialize(topic.name(""), event);
        fold.process(new Record<>(Story.PLAN.value().getBytes(StandardCharsets.UTF_8), value, 0, new RecordHeaders()));
    }
}
