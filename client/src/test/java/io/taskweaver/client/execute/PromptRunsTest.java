package io.taskweaver.client.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.execute.PromptRun.Status;
import io.taskweaver.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptRunsTest {
    private static final Outcome DONE = new Outcome.Succeeded("answer", "summary", List.of(), new Usage(1, 2, 3));

    @TempDir
    Path folder;

    /** An agent that does as it is told: what creations answer, and how runs end, each in its order. */
    private static final class Fake implements CodingAgent {
        final Deque<Creation> creations = new ArrayDeque<>();
        final Deque<Outcome> outcomes = new ArrayDeque<>();
        final Map<String, Integer> created = new ConcurrentHashMap<>();
        final List<String> prompts = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch together = new CountDownLatch(1);
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Lookup find(Attempt attempt) {
            return created.containsKey(attempt.id()) ? new Lookup.Found(attempt.id()) : new Lookup.Absent();
        }

        @Override
        public synchronized Creation create(Attempt attempt, Assignment assignment) {
            var next = creations.poll();
            if (next instanceof Creation.Refused) return next;
            created.merge(attempt.id(), 1, Integer::sum);
            prompts.add(assignment.prompt());
            return next == null ? new Creation.Created(attempt.id()) : next;
        }

        @Override
        public Outcome await(String runId, Duration limit, RunListener progress) throws InterruptedException {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.countDown();
            // Runs last until as many as are expected go on together, so that none can end before the others begin.
            assertThat(together.await(10, TimeUnit.SECONDS)).as("runs at once").isTrue();
            running.decrementAndGet();
            synchronized (this) {
                var next = outcomes.poll();
                return next == null ? DONE : next;
            }
        }

        @Override
        public void cancel(String runId) {}

        @Override
        public void close() {}
    }

    private final Fake agent = new Fake();
    private final List<PromptRun> told = new ArrayList<>();

    private List<PromptRun> run(int atOnce, Map<String, PromptRun> before, String... prompts)
            throws InterruptedException {
        var all = new ArrayList<Prompt>();
        for (var prompt : prompts) all.add(new Prompt(prompt, "do " + prompt));
        var rules = new PromptRuns.Rules("batch", atOnce, 2, Duration.ofMinutes(1));
        return before.isEmpty()
                ? TaskWeaver.executeQueries(agent, all, rules, told::add)
                : new PromptRuns(agent, rules, told::add, InstantSource.system()).run(all, before);
    }

    @Test
    void each_prompt_is_run_and_answered_in_its_order() throws Exception {
        var runs = run(1, Map.of(), "a", "b");
        assertThat(runs).extracting(PromptRun::id).containsExactly("a", "b");
        assertThat(runs).extracting(PromptRun::answer).containsOnly("answer");
        assertThat(agent.prompts).containsExactly("do a", "do b");
        assertThat(agent.most).hasValue(1);
        assertThat(told).extracting(PromptRun::status).startsWith(Status.RUNNING, Status.RUNNING, Status.COMPLETED);
    }

    @Test
    void so_many_run_at_once_and_no_more() throws Exception {
        agent.together = new CountDownLatch(3);
        run(3, Map.of(), "a", "b", "c", "d", "e", "f", "g");
        assertThat(agent.most).hasValue(3);
    }

    @Test
    void a_task_that_failed_is_tried_again_and_costs_add_up() throws Exception {
        agent.outcomes.add(new Outcome.TaskFailed("no", new Usage(10, 0, 0)));
        assertThat(run(1, Map.of(), "a")).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Status.COMPLETED);
            assertThat(run.attempt()).isEqualTo(2);
            assertThat(run.used()).isEqualTo(new Usage(11, 2, 3));
        });
    }

    @Test
    void attempts_are_used_up_and_then_it_has_failed() throws Exception {
        agent.outcomes.add(new Outcome.TaskFailed("no"));
        agent.outcomes.add(new Outcome.TimedOut("too long", Duration.ofMinutes(1)));
        assertThat(run(1, Map.of(), "a")).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Status.FAILED);
            assertThat(run.error()).contains("too long");
        });
    }

    @Test
    void a_rate_limit_is_waited_for_and_uses_up_no_attempt() throws Exception {
        for (int i = 0; i < 3; i++)
            agent.creations.add(new Creation.Refused(
                    new Outcome.RateLimited("slow", Optional.of(Instant.now().minusSeconds(1)))));
        assertThat(run(1, Map.of(), "a")).extracting(PromptRun::status).containsExactly(Status.COMPLETED);
    }

    @Test
    void refused_credentials_end_the_rest_without_asking_again() throws Exception {
        agent.creations.add(new Creation.Refused(new Outcome.CredentialsRefused("401", "set it")));
        var runs = run(1, Map.of(), "a", "b");
        assertThat(runs).extracting(PromptRun::status).containsOnly(Status.FAILED);
        assertThat(runs).extracting(PromptRun::hint).containsOnly(Optional.of("set it"));
        assertThat(agent.prompts).isEmpty();
    }

    @Test
    void a_creation_that_nobody_answered_is_looked_up_and_not_paid_twice() throws Exception {
        agent.creations.add(new Creation.Unknown("lost"));
        assertThat(run(1, Map.of(), "a")).extracting(PromptRun::status).containsExactly(Status.COMPLETED);
        assertThat(agent.created).containsExactly(Map.entry("batch/a/1", 1));
    }

    @Test
    void what_ran_before_is_not_run_again_and_what_was_running_is_found() throws Exception {
        agent.created.put("batch/b/1", 1);
        var done = run(1, Map.of(), "a").getFirst();
        var runs = run(1, Map.of("a", done, "b", PromptRun.running("b", 1, Optional.empty())), "a", "b");
        assertThat(runs).extracting(PromptRun::status).containsOnly(Status.COMPLETED);
        assertThat(agent.created).containsOnly(Map.entry("batch/a/1", 1), Map.entry("batch/b/1", 1));
    }

    @Test
    void results_are_kept_in_a_file_that_is_gone_on_with() throws Exception {
        var file = folder.resolve("in/results.json");
        var results = PromptResults.open(file, "batch");
        for (var run : run(1, Map.of(), "a", "b")) results.keep(run);
        assertThat(PromptResults.open(file, "batch").runs())
                .isEqualTo(results.runs())
                .hasSize(2);
        assertThat(PromptResults.open(file, "another").runs()).isEmpty();
    }

    @Test
    void a_file_that_holds_something_else_is_not_written_over() throws IOException {
        var file = Files.writeString(folder.resolve("mine.json"), "{\"my\": 1}");
        assertThatThrownBy(() -> PromptResults.open(file, "batch"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("contains no results");
    }

    @Test
    void prompts_are_read_in_several_shapes() {
        assertThat(Prompt.read("q", "[\"one\", {\"id\": \"x\", \"query\": \"two\"}]")
                        .prompts())
                .containsExactly(new Prompt("query-1", "one"), new Prompt("x", "two"));
        assertThat(Prompt.read("q", "{\"queries\": [{\"task_id\": \"FR-1\", \"prompt\": \"do\"}]}")
                        .prompts())
                .containsExactly(new Prompt("FR-1", "do"));
        for (var wrong : List.of(
                "{}", "[]", "[{}]", "[\"\"]", "nothing", "[{\"id\":1,\"prompt\":\"a\"},{\"id\":1,\"prompt\":\"b\"}]"))
            assertThatThrownBy(() -> Prompt.read("q", wrong)).as(wrong).isInstanceOf(InvalidInput.class);
    }
}
