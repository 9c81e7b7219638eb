package io.taskweaver.interfaces;

import static io.taskweaver.interfaces.Samples.asking;
import static io.taskweaver.interfaces.Samples.component;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.interfaces.ContractLedger.Answer;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContractLedgerTest {
    private static final ComponentSpec ADDING = component("Ledger", "add");
    private static final ComponentSpec REMOVING = component("Ledger", "remove");

    private final ContractLedger ledger = new ContractLedger();

    @Test
    void the_first_specification_gives_version_1() {
        assertThat(ledger.answer(asking(ADDING), at(0)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(ADDING, 1), true));
    }

    @Test
    void the_same_specification_gives_the_same_contract_again() {
        publish(ADDING, at(0));
        assertThat(ledger.answer(asking(ADDING), at(7)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(ADDING, 1), false));
    }

    @Test
    void a_changed_specification_gives_the_next_version() {
        publish(ADDING, at(0));
        assertThat(ledger.answer(asking(REMOVING), at(1)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(REMOVING, 2), true));
    }

    @Test
    void a_specification_that_was_overtaken_changes_nothing() {
        publish(ADDING, at(0));
        publish(REMOVING, at(1));
        assertThat(ledger.answer(asking(ADDING), at(0))).isEqualTo(new Answer.Superseded(2));
    }

    @Test
    void an_earlier_specification_that_is_asked_for_anew_gives_the_next_version() {
        publish(ADDING, at(0));
        publish(REMOVING, at(1));
        assertThat(ledger.answer(asking(ADDING), at(2)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(ADDING, 3), true));
    }

    @Test
    void offsets_of_a_topic_that_was_made_anew_are_not_taken_for_old_ones() {
        publish(ADDING, new Origin(0, 500, 1_000));
        assertThat(ledger.answer(asking(REMOVING), new Origin(0, 3, 9_000)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(REMOVING, 2), true));
    }

    @Test
    void the_way_a_name_is_written_makes_no_other_component() {
        publish(component("Short Code Generator", "add"), at(0));
        assertThat(ledger.answer(asking(component("short-code generator", "remove")), at(1)))
                .isInstanceOfSatisfying(
                        Answer.Publish.class,
                        answer -> assertThat(answer.contract().version()).isEqualTo(2));
    }

    @Test
    void a_withdrawn_contract_is_forgotten() {
        publish(ADDING, at(0));
        ledger.withdrawn("plan-1/Ledger");
        assertThat(ledger.answer(asking(REMOVING), at(1)))
                .isEqualTo(new Answer.Publish(ContractWriter.write(REMOVING, 1), true));
    }

    /** Whatever is delivered again after a crash, the topic ends as if nothing had been. */
    @Property(tries = 200)
    void redelivery_after_a_crash_ends_with_the_contract_of_the_last_specification(
            @ForAll("histories") List<Integer> specifications, @ForAll("histories") List<Integer> crashes) {
        var undisturbed = new Topic();
        for (int offset = 0; offset < specifications.size(); offset++) undisturbed.deliver(specifications, offset);

        var disturbed = new Topic();
        int delivered = 0;
        for (int crash : crashes) {
            for (int times = 0; times <= crash && delivered < specifications.size(); times++)
                disturbed.deliver(specifications, delivered++);
            disturbed.restart();
            delivered = Math.max(0, delivered - crash);
        }
        while (delivered < specifications.size()) disturbed.deliver(specifications, delivered++);

        assertThat(disturbed.latest).isEqualTo(undisturbed.latest);
    }

    @Provide
    Arbitrary<List<Integer>> histories() {
        return Arbitraries.integers().between(0, 3).list().ofMinSize(1).ofMaxSize(8);
    }

    private void publish(ComponentSpec component, Origin origin) {
        var answer = ledger.answer(asking(component), origin);
        assertThat(answer).isInstanceOf(Answer.Publish.class);
        if (answer instanceof Answer.Publish(Contract contract, boolean _))
            ledger.published(ContractLedger.identity(asking(component)), contract, Optional.of(origin));
    }

    private static Origin at(long offset) {
        return new Origin(0, offset, offset);
    }

    /** The compacted topic of contracts with a ledger in front of it. */
    private static final class Topic {
        private final LinkedHashMap<String, Contract> latest = new LinkedHashMap<>();
        private final LinkedHashMap<String, Origin> origins = new LinkedHashMap<>();
        private ContractLedger ledger = new ContractLedger();

        void deliver(List<Integer> specifications, int offset) {
            var component = component("Ledger", "operation" + specifications.get(offset));
            var identity = ContractLedger.identity(asking(component));
            switch (ledger.answer(asking(component), at(offset))) {
                case Answer.Superseded _ -> assertThat(latest).containsKey(identity);
                case Answer.Publish(Contract contract, boolean _) -> {
                    latest.put(identity, contract);
                    origins.put(identity, at(offset));
                    ledger.published(identity, contract, Optional.of(at(offset)));
                }
            }
        }

        void restart() {
            ledger = new ContractLedger();
            latest.forEach((identity, contract) ->
                    ledger.published(identity, contract, Optional.ofNullable(origins.get(identity))));
        }
    }
}
