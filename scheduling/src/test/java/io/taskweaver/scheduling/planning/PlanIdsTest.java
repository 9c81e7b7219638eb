package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanIdsTest {
    private static final Document DOCUMENT = new Document("docs/Read me.md", "# Über Shop\n");

    private static PlanId derive(Document document, PlanOptions options, CodeFile... code) {
        return PlanIds.derive(List.of(document), Optional.empty(), List.of(code), options);
    }

    private static PlanOptions agent(String name) {
        var usual = PlanOptions.DEFAULT;
        return new PlanOptions(
                usual.title(),
                name,
                usual.fallbacks(),
                usual.agentsFor(),
                usual.gates(),
                usual.maxConcurrent(),
                usual.maxAttempts(),
                usual.attemptTimeout(),
                usual.limits(),
                "app",
                usual.verify(),
                usual.base());
    }

    @Test
    void the_same_input_has_the_same_id_wherever_it_lies() {
        assertThat(derive(new Document("elsewhere/Read me.md", "# Über Shop\n"), PlanOptions.DEFAULT))
                .isEqualTo(derive(DOCUMENT, PlanOptions.DEFAULT));
    }

    @Test
    void how_contracts_are_given_is_part_of_the_id_where_it_was_chosen() {
        var ids = java.util.Arrays.stream(ContractMode.values())
                .map(mode -> derive(DOCUMENT, PlanOptions.DEFAULT.with(mode)))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().contains(derive(DOCUMENT, PlanOptions.DEFAULT));
    }

    @Test
    void the_id_begins_with_what_a_person_can_read() {
        assertThat(derive(DOCUMENT, PlanOptions.DEFAULT).value()).matches("uber-shop-[0-9a-f]{8}");
        assertThat(derive(new Document("docs/Read me.md", "- It runs\n"), PlanOptions.DEFAULT)
                        .value())
                .matches("read-me-[0-9a-f]{8}");
        assertThat(derive(new Document("要件.md", "# 要件\n"), PlanOptions.DEFAULT).value())
                .matches("plan-[0-9a-f]{8}");
    }

    @Test
    void another_text_another_agent_or_other_code_is_another_plan() {
        var usual = derive(DOCUMENT, PlanOptions.DEFAULT);
        assertThat(derive(new Document(DOCUMENT.path(), "# Über Shop \n"), PlanOptions.DEFAULT))
                .isNotEqualTo(usual);
        assertThat(derive(DOCUMENT, agent("codegen"))).isNotEqualTo(usual).isEqualTo(derive(DOCUMENT, agent("claude")));
        assertThat(derive(DOCUMENT, PlanOptions.DEFAULT, new CodeFile("a.java", 1, Optional.of("x"))))
                .isNotEqualTo(usual);
    }

    @Test
    void another_run_of_the_same_plan_has_an_id_of_its_own() {
        var first = derive(DOCUMENT, PlanOptions.DEFAULT);
        assertThat(PlanIds.again(first, 1_000_000)).isNotEqualTo(first).isNotEqualTo(PlanIds.again(first, 1_000_001));
        assertThat(PlanIds.again(new PlanId("x".repeat(100)), Long.MAX_VALUE).value())
                .hasSizeLessThanOrEqualTo(100);
    }
}
