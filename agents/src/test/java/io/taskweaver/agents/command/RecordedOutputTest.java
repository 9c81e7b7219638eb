package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.model.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the built-in files make of outputs of the real programs (versions: docs/agents.md), which worked against a server
 * that answered as the service of their model does: with a file to make, or with an error.
 */
class RecordedOutputTest {
    private static String output(String file) {
        try (var stream = RecordedOutputTest.class.getResourceAsStream("recorded/" + file)) {
            assertThat(stream).as(file).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static OutputReader.Reading read(String agent, int exit, String output, String errors) {
        var spec = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.empty())).spec(agent);
        return new OutputReader(agent, spec).read(new OutputReader.End(exit, output, errors), "");
    }

    private static Outcome.Unsuccessful failure(OutputReader.Reading reading) {
        assertThat(reading).isInstanceOf(OutputReader.Reading.Failure.class);
        return ((OutputReader.Reading.Failure) reading).outcome();
    }

    @Test
    void what_a_prompt_says_of_failures_is_none_of_the_run_that_prints_it() {
        var prompt = """
                ## The attempt before
                > error: rate limit exceeded (429), too many requests
                AssertionError: expected 3 but was 4
                """;
        var spec = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.empty())).spec("codex");
        var end = new OutputReader.End(1, "", "user\n" + prompt + "codex\nI cannot do this.\n");

        var outcome = failure(new OutputReader("codex", spec).read(end, prompt));

        assertThat(outcome).isInstanceOf(Outcome.TaskFailed.class);
        assertThat(outcome.reason())
                .contains("I cannot do this.")
                .doesNotContain("rate limit")
                .doesNotContain("AssertionError");
        // The same failure again is one.
        var again = new OutputReader.End(1, "", "user\n" + prompt + "codex\nAssertionError: expected 3 but was 4\n");
        assertThat(failure(new OutputReader("codex", spec).read(again, prompt)).reason())
                .contains("AssertionError");
        var silent = new OutputReader.End(1, "", "AssertionError: expected 3 but was 4\n");
        assertThat(failure(new OutputReader("codex", spec).read(silent, prompt)).reason())
                .contains("AssertionError");
    }

    @ParameterizedTest
    @CsvSource({
        "claude, claude-ok.jsonl, 300, 55, 3670",
        "codex, codex-ok.jsonl, 200, 80, 0",
        "gemini, gemini-ok.json, 300, 120, 0",
        "opencode, opencode-ok.jsonl, 200, 80, 0",
        "copilot, copilot-ok.jsonl, 0, 0, 0"
    })
    void a_success_has_its_answer_and_what_it_used(String agent, String file, long in, long out, long micros) {
        assertThat(read(agent, 0, output(file), ""))
                .isEqualTo(new OutputReader.Reading.Answer("All done: made.txt is there.", new Usage(in, out, micros)));
    }

    @ParameterizedTest
    @CsvSource({
        "claude, limit, RateLimited, Request rejected (429)",
        "claude, auth, CredentialsRefused, Invalid API key",
        "claude, credit, BudgetExceeded, Credit balance is too low",
        "claude, down, InfraFailed, 500 Internal server error",
        "codex, limit, RateLimited, 429 Too Many Requests",
        "codex, auth, CredentialsRefused, 401 Unauthorized",
        "codex, credit, BudgetExceeded, Quota exceeded",
        "codex, down, InfraFailed, high demand",
        "opencode, limit, RateLimited, Rate limit reached",
        "opencode, auth, CredentialsRefused, Incorrect API key",
        "opencode, credit, BudgetExceeded, exceeded your current quota",
        "copilot, limit, RateLimited, 429 Rate limit reached",
        "copilot, auth, CredentialsRefused, Authentication failed"
    })
    void a_failure_is_told_from_others_and_says_why(String agent, String what, String outcome, String reason) {
        var failed = failure(read(agent, 1, output(agent + "-" + what + ".jsonl"), ""));

        assertThat(failed.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(failed.reason()).contains(reason);
    }

    @Test
    void gemini_prints_an_error_of_its_service_among_errors_and_ends_with_its_status_modulo_256() {
        var errors = """
                Error when talking to Gemini API {
                  "error": {
                    "type": "Error",
                    "message": "{\\"error\\":{\\"code\\":400,\\"message\\":\\"API key not valid. Please pass a valid API key.\\",\\"status\\":\\"INVALID_ARGUMENT\\",\\"details\\":[{\\"reason\\":\\"API_KEY_INVALID\\"}]}}",
                    "code": 400
                  }
                }
                """;
        assertThat(failure(read("gemini", 144, "", errors))).isInstanceOf(Outcome.CredentialsRefused.class);
    }

    @Test
    void a_limit_of_a_subscription_says_when_it_ends() {
        var event =
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1796026000}}\n"
                        + "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"You have hit your limit\"}";
        assertThat(((Outcome.RateLimited) failure(read("claude", 1, event, ""))).until())
                .hasValueSatisfying(until -> assertThat(until.getEpochSecond()).isEqualTo(1796026000));
    }
}
