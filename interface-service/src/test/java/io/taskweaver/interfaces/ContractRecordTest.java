package io.taskweaver.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ContractRecordTest {
    private final ConsumerRecord<byte[], byte[]> source =
            new ConsumerRecord<>("component-specified", 0, 42, new byte[0], new byte[0]);

    private ProducerRecord<byte[], byte[]> published(String component, int version) {
        var specified = Samples.asking(Samples.component(component, "generate"));
        return InterfaceService.record(
                new EventWriter("", SingleObjectSerializer.settings()),
                specified,
                ContractWriter.write(specified.spec(), version),
                source,
                Instant.EPOCH);
    }

    @Test
    void a_contract_is_read_back_as_it_was_published() {
        var record = published("Short Code Generator", 3);
        assertThat(record.key()).asString().isEqualTo("plan-1/ShortCodeGenerator");
        assertThat(Origin.in(record.headers())).contains(new Origin(0, 42, -1));
        var contract = ContractWriter.write(Samples.component("Short Code Generator", "generate"), 3);
        assertThat(new EventReader(SingleObjectSerializer.settings())
                        .read(ContractPublished.class, record.topic(), record.headers(), record.value()))
                .isInstanceOfSatisfying(
                        DecodedRecord.Understood.class,
                        understood -> assertThat(understood.event())
                                .isInstanceOfSatisfying(
                                        ContractPublished.class,
                                        event -> assertThat(event.contract()).isEqualTo(contract)));
    }

    @Test
    void the_trace_goes_on_in_the_contract() {
        var trace = new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                Optional.of("vendor=1"),
                Optional.of("user=7"));
        trace.addTo(source.headers());
        assertThat(TraceContext.of(published("Ledger", 1).headers())).contains(trace);
    }
}
