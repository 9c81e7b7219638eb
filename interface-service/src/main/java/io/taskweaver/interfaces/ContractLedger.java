package io.taskweaver.interfaces;

import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.Contract;
import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
import io.taskweaver.wire.EventKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The latest contract of every component: a fold over published contracts, which can rebuild it at any time. Stores
 * digests, not texts. Not thread-safe.
 */
final class ContractLedger {
    private final Map<String, Entry> latest = new HashMap<>();

    /** What to do about a specification. */
    sealed interface Answer {
        /**
         * Publish the contract, for the first time or again.
         *
         * @param isNew whether this text was not published before
         */
        record Publish(Contract contract, boolean isNew) implements Answer {}

        /** A later specification of the component was answered already. */
        record Superseded(int byVersion) implements Answer {}
    }

    private record Entry(int version, String digest, Optional<Origin> origin) {}

    /**
     * Decides about a specification: the same one always gives the same contract, a changed one the next version. Does
     * not change the ledger.
     */
    Answer answer(ComponentSpecified specified, Origin origin) {
        var component = specified.spec();
        var known = latest.get(identity(specified));
        if (known == null) return new Answer.Publish(ContractWriter.write(component, 1), true);
        if (known.origin.filter(origin::isBefore).isPresent()) return new Answer.Superseded(known.version);
        var same = ContractWriter.write(component, known.version);
        if (digest(same).equals(known.digest)) return new Answer.Publish(same, false);
        return new Answer.Publish(ContractWriter.write(component, known.version + 1), true);
    }

    /** Identifies a component of a plan; also the key of the contract's record. */
    static String identity(ComponentSpecified specified) {
        return EventKeys.contract(specified.plan(), specified.spec().name());
    }

    /**
     * Records a published contract.
     *
     * @param identity from {@link #identity(ComponentSpecified)}
     * @param origin position of the specification; empty if unknown
     */
    void published(String identity, Contract contract, Optional<Origin> origin) {
        latest.put(identity, new Entry(contract.version(), digest(contract), origin));
    }

    /** Records the withdrawal of a contract. */
    void withdrawn(String identity) {
        latest.remove(identity);
    }

    void forgetAll() {
        latest.clear();
    }

    int size() {
        return latest.size();
    }

    private static String digest(Contract contract) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var artifact : contract.artifacts()) {
                for (var part : new String[] {artifact.kind().name(), artifact.path(), artifact.content()}) {
                    sha.update(part.getBytes(StandardCharsets.UTF_8));
                    sha.update((byte) 0);
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
