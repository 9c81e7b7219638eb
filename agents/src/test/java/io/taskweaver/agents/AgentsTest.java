package io.taskweaver.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentsTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);

    @Test
    void an_unknown_agent_is_refused_and_the_known_ones_named() {
        assertThatThrownBy(() -> new Agents(Map.of()).agent("codgen"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("codgen", "codegen, simulated");
    }

    @Test
    void without_credentials_every_run_is_refused_with_what_to_set() throws Exception {
        try (var agent = new Agents(Map.of("codegen.org-id", "7", "codegen.token", " ")).agent(Agents.CODEGEN)) {
            assertThat(agent.create(ATTEMPT, Assignment.of("prompt")))
                    .isInstanceOfSatisfying(
                            Creation.Refused.class,
                            refused -> assertThat(refused.outcome())
                                    .isInstanceOfSatisfying(
                                            Outcome.CredentialsRefused.class,
                                            outcome -> assertThat(outcome.hint())
                                                    .contains("CODEGEN_API_TOKEN", "CODEGEN_ORG_ID")));
            assertThat(agent.find(ATTEMPT)).isInstanceOf(Lookup.Unavailable.class);
        }
    }

    @Test
    void a_wrong_setting_is_refused_with_its_name_and_form() {
        assertThatThrownBy(() -> new Agents(Map.of("codegen.poll-interval", "soon")).agent(Agents.CODEGEN))
                .hasMessageContainingAll("codegen.poll-interval", "200ms", "soon");
        assertThatThrownBy(() -> new Agents(Map.of("codegen.base-url", "ftp://example.org")).agent(Agents.CODEGEN))
                .hasMessageContaining("ftp://example.org");
        assertThatThrownBy(() -> new Agents(Map.of("codegen.tokn", "x")))
                .hasMessageContainingAll("codegen.tokn", "token");
        assertThatThrownBy(() -> new Agents(Map.of()).agent(Agents.SIMULATED))
                .hasMessageContaining("simulated.base-url");
    }

    @Test
    void a_token_that_can_not_be_in_a_header_is_refused_without_showing_it() {
        assertThatThrownBy(() -> new Agents(Map.of("codegen.token", "secret\nvalue")).agent(Agents.CODEGEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
