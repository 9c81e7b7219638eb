package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ContextMap;
import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import org.junit.jupiter.api.Test;

class ContextMapTest {
    private static final Plan SHOP = plan(
            "# Shop",
            "## Orders",
            "- FR-1: Place an order.",
            "- FR-2: Cancel an order through the ledger.",
            "## Ledger",
            "- FR-3: Book a payment (depends on FR-1).",
            "- FR-4: Close the year.");

    @Test
    void names_which_component_uses_which_and_whether_its_contract_is_enough() {
        assertThat(ContextMap.of(SHOP))
                .anySatisfy(boundary -> {
                    assertThat(boundary.of()).isEqualTo("Orders");
                    assertThat(boundary.on()).isEqualTo("Ledger");
                    assertThat(boundary.contract()).extracting(TaskId::value).containsExactly("contract-ledger");
                    assertThat(boundary.users()).extracting(TaskId::value).containsExactly("FR-2");
                    assertThat(boundary.waiting()).isEmpty();
                    assertThat(boundary.because()).containsExactly("mentions 'ledger'");
                })
                .anySatisfy(boundary -> {
                    assertThat(boundary.of()).isEqualTo("Ledger");
                    assertThat(boundary.on()).isEqualTo("Orders");
                    assertThat(boundary.waiting()).extracting(TaskId::value).containsExactly("FR-3");
                });
    }

    @Test
    void one_component_alone_meets_none() {
        assertThat(ContextMap.of(plan("- Place an order", "- Cancel an order"))).isEmpty();
    }
}
