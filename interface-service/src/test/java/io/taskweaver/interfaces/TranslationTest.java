package io.taskweaver.interfaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskweaver.domain.contract.ContractWriter;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.interfaces.Translation.Published;
import io.taskweaver.interfaces.Translation.Reading;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TranslationTest {
    private static final SpecificationRules RULES = new SpecificationRules(10, 10_000);

    private final Serializer<ComponentSpecified> serializer = EventSerdes.serializer(SingleObjectSerializer.settings());
    private final Translation translation = new Translation("", SingleObjectSerializer.settings(), RULES);

    @Test
    void a_contract_is_read_back_as_it_was_published() {
        var source = specified(Events.specified("plan-1", "Short Code Generator", "generate"));
        assertThat(translation.specification(source)).isInstanceOfSatisfying(Reading.Understood.class, understood -> {
            var specification = (Specification) understood.value();
            var contract = ContractWriter.write(specification.component(), 3);
            var record = translation.record(specification, contract, source, Instant.EPOCH);
            assertThat(record.key()).asString().isEqualTo("plan-1/ShortCodeGenerator");
            var back = new ConsumerRecord<>("contract-published", 0, 9, record.key(), record.value());
            record.headers().forEach(back.headers()::add);
            assertThat(translation.published(back))
                    .isEqualTo(new Reading.Understood<>(new Published.Contracted(
                            specification.identity(), contract, Optional.of(new Origin(0, 42, -1)))));
        });
    }

    @Test
    void the_trace_goes_on_in_the_contract() {
        var source = specified(Events.specified("plan-1", "Ledger", "add"));
        var trace = new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Optional.of("vendor=1"),
                Optional.of("user=7"));
        trace.addTo(source.headers());
        var specification = Samples.asking(Samples.component("Ledger", "add"));
        var record = translation.record(
                specification, ContractWriter.write(specification.component(), 1), source, Instant.EPOCH);
        assertThat(TraceContext.of(record.headers())).contains(trace);
    }

    @Test
    void bytes_that_are_no_event_are_undecodable() {
        assertThat(reason(specified(new byte[] {1, 2, 3}))).isEqualTo("undecodable");
    }

    @Test
    void a_record_without_a_value_is_undecodable() {
        assertThat(reason(specified((byte[]) null))).isEqualTo("undecodable");
    }

    @Test
    void an_id_of_no_valid_form_is_invalid() {
        assertThat(reason(specified(Events.specified("NOT A PLAN", "Ledger", "add"))))
                .isEqualTo("invalid");
    }

    @Test
    void a_broken_rule_is_invalid() {
        assertThat(reason(specified(Events.specifiedIn("not a package", "plan-1", "Ledger", "add"))))
                .isEqualTo("invalid");
    }

    @Test
    void a_registry_that_is_away_makes_no_record_undecodable() {
        var cut = new Translation(
                "",
                Map.of(
                        EventSerdes.REGISTRY_URL,
                        "http://127.0.0.1:1/apis/registry/v3",
                        "apicurio.registry.retry-count",
                        "0",
                        "apicurio.registry.retry-backoff-ms",
                        "1"),
                RULES);
        var failure = catchThrowable(() -> cut.specification(specified(new byte[] {0, 0, 0, 0, 1, 2, 3})));
        assertThat(failure)
                .isNotNull()
                .satisfies(e -> assertThat(Outage.isCauseOf(e)).isTrue());
    }

    private String reason(ConsumerRecord<byte[], byte[]> source) {
        return switch (translation.specification(source)) {
            case Reading.Refused<Specification>(var reason, var _) -> reason;
            case Reading.Understood<Specification> understood -> "understood as " + understood;
        };
    }

    private ConsumerRecord<byte[], byte[]> specified(ComponentSpecified event) {
        return specified(serializer.serialize("component-specified", event));
    }

    @SuppressWarnings("NullAway") // Kafka's class is not annotated: a tombstone's value is null.
    private static ConsumerRecord<byte[], byte[]> specified(byte @Nullable [] value) {
        return new ConsumerRecord<>("component-specified", 0, 42, new byte[0], value);
    }
}
