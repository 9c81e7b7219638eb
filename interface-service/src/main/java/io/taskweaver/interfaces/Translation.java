package io.taskweaver.interfaces;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.events.ArtifactKind;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.ContractArtifact;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.Operation;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventIds;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Between records and the domain: the only class that knows the events' generated types. */
final class Translation {

    private final String contractTopic;
    private final SpecificationRules rules;
    private final Deserializer<SpecificRecord> deserializer;
    private final Serializer<ContractPublished> serializer;

    /** What a record turned out to be. */
    sealed interface Reading<T> {
        record Understood<T>(T value) implements Reading<T> {}

        /**
         * @param reason as the dead letters name it
         * @param cause for a person
         */
        record Refused<T>(String reason, String cause) implements Reading<T> {}
    }

    /** A record of the topic of contracts, for the ledger. */
    sealed interface Published {
        /** @param origin where the specification stood; empty if the record does not say */
        record Contracted(String identity, Contract contract, Optional<Origin> origin) implements Published {}

        record Withdrawn(String identity) implements Published {}
    }

    /**
     * @param prefix prefix of topic names
     * @param settings of serializer and deserializer, see {@link EventSerdes}
     */
    Translation(String prefix, Map<String, ?> settings, SpecificationRules rules) {
        this.contractTopic = Topics.CONTRACT_PUBLISHED.name(prefix);
        this.rules = rules;
        this.deserializer = EventSerdes.deserializer(settings);
        this.serializer = EventSerdes.serializer(settings);
    }

    /**
     * Reads a specification.
     *
     * @throws RuntimeException if the registry can not be reached, see {@link Outage}
     */
    Reading<Specification> specification(ConsumerRecord<byte[], byte[]> source) {
        return switch (event(source, ComponentSpecified.class)) {
            case Reading.Refused<ComponentSpecified>(var reason, var cause) -> new Reading.Refused<>(reason, cause);
            case Reading.Understood<ComponentSpecified>(var event) -> specification(event);
        };
    }

    private Reading<Specification> specification(ComponentSpecified event) {
        try {
            var spec = new ComponentSpec(
                    new TaskId(event.getTaskId()),
                    event.getComponent(),
                    event.getDescription(),
                    event.getBasePackage(),
                    event.getOperations().stream().map(Translation::operation).toList(),
                    event.getConsumers().stream().map(TaskId::new).toList());
            var plan = new PlanId(event.getMeta().getPlanId());
            var problems = rules.problems(spec);
            return problems.isEmpty()
                    ? new Reading.Understood<>(
                            new Specification(plan, event.getMeta().getEventId(), spec))
                    : invalid(String.join(" ", problems));
        } catch (IllegalArgumentException e) {
            return invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads a published contract.
     *
     * @throws RuntimeException if the registry can not be reached, see {@link Outage}
     */
    Reading<Published> published(ConsumerRecord<byte[], byte[]> source) {
        byte @Nullable [] key = source.key();
        if (key == null) return invalid("the record has no key");
        var identity = new String(key, StandardCharsets.UTF_8);
        if (source.value() == null) return new Reading.Understood<>(new Published.Withdrawn(identity));
        return switch (event(source, ContractPublished.class)) {
            case Reading.Refused<ContractPublished>(var reason, var cause) -> new Reading.Refused<>(reason, cause);
            case Reading.Understood<ContractPublished>(var event) ->
                new Reading.Understood<>(new Published.Contracted(identity, contract(event), origin(source)));
        };
    }

    /**
     * The record that publishes a contract. Its event id depends on plan, component and version alone.
     *
     * @param source record that asked for it
     */
    ProducerRecord<byte[], byte[]> record(
            Specification specification, Contract contract, ConsumerRecord<byte[], byte[]> source, Instant at) {
        var plan = specification.plan().value();
        var event = ContractPublished.newBuilder()
                .setMeta(EventMeta.newBuilder()
                        .setEventId(EventIds.derived(
                                ContractPublished.getClassSchema(),
                                plan,
                                specification.componentName(),
                                contract.version()))
                        .setPlanId(plan)
                        .setOccurredAt(at)
                        .setCausationId(specification.eventId())
                        .build())
                .setTaskId(specification.component().node().value())
                .setComponent(contract.component())
                .setVersion(contract.version())
                .setArtifacts(
                        contract.artifacts().stream().map(Translation::artifact).toList())
                .build();
        var key = EventKeys.planAnd(plan, specification.componentName());
        var record = new ProducerRecord<>(
                contractTopic, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(contractTopic, event));
        record.headers().add(Origin.HEADER, originOf(source).toString().getBytes(StandardCharsets.UTF_8));
        TraceContext.of(source.headers(), plan).addTo(record.headers());
        return record;
    }

    /** Where a specification stands. */
    static Origin originOf(ConsumerRecord<?, ?> source) {
        return new Origin(source.partition(), source.offset(), source.timestamp());
    }

    private static Optional<Origin> origin(ConsumerRecord<?, ?> published) {
        var header = published.headers().lastHeader(Origin.HEADER);
        return header == null ? Optional.empty() : Origin.parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    private <T extends SpecificRecord> Reading<T> event(ConsumerRecord<byte[], byte[]> source, Class<T> type) {
        byte @Nullable [] value = source.value();
        if (value == null) return undecodable("the record has no value");
        try {
            var event = deserializer.deserialize(source.topic(), value);
            if (type.isInstance(event)) return new Reading.Understood<>(type.cast(event));
            return undecodable("the record is a "
                    + (event == null ? "null" : event.getSchema().getFullName()) + ", not a " + type.getSimpleName());
        } catch (RuntimeException e) {
            if (Outage.isCauseOf(e)) throw e;
            return undecodable(explained(e));
        }
    }

    private static String explained(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        return root == failure ? failure.toString() : failure + ", because of " + root;
    }

    private static Contract contract(ContractPublished event) {
        return new Contract(
                event.getComponent(),
                event.getVersion(),
                event.getArtifacts().stream().map(Translation::artifact).toList());
    }

    private static io.taskweaver.domain.contract.Operation operation(Operation operation) {
        return new io.taskweaver.domain.contract.Operation(
                operation.getName(), operation.getDescription(), new TaskId(operation.getTaskId()));
    }

    private static ContractArtifact artifact(Contract.Artifact artifact) {
        return ContractArtifact.newBuilder()
                .setKind(ArtifactKind.valueOf(artifact.kind().name()))
                .setPath(artifact.path())
                .setMediaType(artifact.mediaType())
                .setContent(artifact.content())
                .build();
    }

    private static Contract.Artifact artifact(ContractArtifact artifact) {
        return new Contract.Artifact(
                Contract.Kind.valueOf(artifact.getKind().name()),
                artifact.getPath(),
                artifact.getMediaType(),
                artifact.getContent());
    }

    private static <T> Reading<T> undecodable(String cause) {
        return new Reading.Refused<>(DeadLetters.UNDECODABLE, cause);
    }

    private static <T> Reading<T> invalid(String cause) {
        return new Reading.Refused<>(DeadLetters.INVALID, cause);
    }
}
