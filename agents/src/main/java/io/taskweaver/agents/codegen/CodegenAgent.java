package io.taskweaver.agents.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.agents.AccountSharing;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;
import io.taskweaver.agents.http.CreationThrottle;
import io.taskweaver.agents.http.HttpFailures;
import io.taskweaver.agents.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Codegen agent API and of compatible servers. Thread-safe.
 *
 * <p>The API has no idempotency key: a run is labelled with its attempt in its metadata, and after a creation without
 * an answer {@link #find} searches the list of runs, for as long as such a run may still appear.
 */
public final class CodegenAgent implements CodingAgent {
    private static final int ENDED_AT_ONCE_KEPT = 512;

    private final CodegenSettings settings;
    private final HttpFailures refusals;
    private final CreationThrottle throttle;
    /** Without credentials no request is sent. */
    private final Optional<CodegenHttp> http;

    private final Optional<RunWatcher> watcher;
    /** Attempts whose creation had no answer, and its time on the clock of {@link System#nanoTime}. */
    private final Map<String, Long> unanswered = new ConcurrentHashMap<>();
    /** Runs that had ended when their creation was answered; they need no poll. */
    private final LinkedHashMap<String, Run> endedAtOnce = new LinkedHashMap<>();

    public CodegenAgent(CodegenSettings settings) {
        this(settings, Clock.systemUTC());
    }

    CodegenAgent(CodegenSettings settings, Clock clock) {
        this.settings = settings;
        this.refusals = new HttpFailures(settings.credentialsHint(), clock);
        this.throttle =
                new CreationThrottle(settings.name(), settings.limits().creationsPerMinute(), System.nanoTime());
        this.http = settings.organization()
                .flatMap(organization -> settings.token())
                .map(token -> new CodegenHttp(settings, token, clock));
        this.watcher = http.map(client -> new RunWatcher(settings, client, refusals));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Secrets secrets() {
        return settings.token().map(Secret::secrets).orElse(Secrets.NONE);
    }

    @Override
    public boolean worksOnRemote() {
        return true;
    }

    @Override
    public void share(AccountSharing sharing) {
        throttle.share(sharing);
    }

    @Override
    public Lookup find(Attempt attempt) throws InterruptedException {
        if (http.isEmpty()) return new Lookup.Unavailable(unset());
        while (true) {
            Lookup lookup = lookUp(http.get(), attempt);
            if (lookup instanceof Lookup.Unavailable) return lookup;
            Long since = unanswered.get(attempt.id());
            long settling = settings.limits().settling().toNanos();
            boolean settled = since == null || System.nanoTime() - since > settling;
            if (lookup instanceof Lookup.Found || settled) {
                unanswered.remove(attempt.id());
                return lookup;
            }
            TimeUnit.NANOSECONDS.sleep(settings.polling().interval().toNanos());
        }
    }

    private Lookup lookUp(CodegenHttp client, Attempt attempt) throws InterruptedException {
        int size = settings.polling().pageSize();
        for (int page = 0; page < settings.limits().lookupPages(); page++) {
            switch (client.list(page * size, size)) {
                case Reply.Done done -> {
                    int items = 0;
                    for (var item : done.body().path("items")) {
                        items++;
                        Optional<Run> run = Run.of(item, settings.attemptKey())
                                .filter(candidate -> candidate.attempt().equals(Optional.of(attempt.id())));
                        if (run.isPresent()) {
                            keepIfEnded(run.get());
                            return new Lookup.Found(run.get().id());
                        }
                    }
                    if (items < size) return new Lookup.Absent();
                }
                case Reply.Failed failed -> {
                    return refusals.unavailable(failed, "A list of " + size + " runs", " Set a smaller page size.");
                }
            }
        }
        return new Lookup.Absent();
    }

    @Override
    public void awaitTurn() throws InterruptedException {
        if (http.isEmpty()) return;
        long wait = throttle.reserve(System.nanoTime());
        if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) throws InterruptedException {
        if (http.isEmpty()) return new Creation.Refused(unset());
        CodegenHttp client = http.get();
        ObjectNode body = client.object().put("prompt", assignment.prompt());
        body.putObject("metadata").put(settings.attemptKey(), attempt.id());
        settings.repository().ifPresent(repository -> body.put("repo_id", repository));
        settings.model().ifPresent(model -> body.put("model", model));
        settings.agentType().ifPresent(type -> body.put("agent_type", type));

        // Marked before sending: an interrupted request has no answer either.
        unanswered.put(attempt.id(), System.nanoTime());
        Creation creation = created(client.post(settings.paths().create(), body));
        if (creation instanceof Creation.Unknown) unanswered.put(attempt.id(), System.nanoTime());
        else unanswered.remove(attempt.id());
        return creation;
    }

    /**
     * Sends a person's answer to a run that needs input; then it continues, and can be awaited again.
     *
     * @return the run, or why it does not continue; {@link Creation.Unknown} without an answer
     */
    public Creation resume(String runId, String prompt) throws InterruptedException {
        if (http.isEmpty()) return new Creation.Refused(unset());
        CodegenHttp client = http.get();
        ObjectNode body = identified(client, runId).put("prompt", prompt);
        synchronized (endedAtOnce) {
            endedAtOnce.remove(runId);
        }
        return created(client.post(settings.paths().resume(), body));
    }

    private Creation created(Reply reply) {
        return switch (reply) {
            case Reply.Done done ->
                Run.of(done.body(), settings.attemptKey())
                        .<Creation>map(run -> {
                            keepIfEnded(run);
                            return new Creation.Created(run.id());
                        })
                        .orElseGet(() -> new Creation.Unknown("the service accepted the run but returned no id"));
            case Reply.Failed failed -> refusals.creation(failed, "");
        };
    }

    private void keepIfEnded(Run run) {
        if (settings.statuses().ending(run.status()).isEmpty()) return;
        synchronized (endedAtOnce) {
            endedAtOnce.put(run.id(), run);
            if (endedAtOnce.size() > ENDED_AT_ONCE_KEPT) endedAtOnce.pollFirstEntry();
        }
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException {
        if (watcher.isEmpty()) return unset();
        Run ended = takeEnded(runId);
        if (ended != null) {
            var ending = settings.statuses().ending(ended.status());
            if (ending.isPresent()) return RunOutcome.of(ended, ending.get());
        }
        Outcome outcome = watcher.get().await(runId, limit, listener);
        if (outcome instanceof Outcome.TimedOut) cancel(runId);
        return outcome;
    }

    private @Nullable Run takeEnded(String runId) {
        synchronized (endedAtOnce) {
            return endedAtOnce.remove(runId);
        }
    }

    /** Bans the run: the API's closest operation to a cancel. */
    @Override
    public void cancel(String runId) throws InterruptedException {
        if (http.isEmpty()) return;
        http.get().post(settings.paths().ban(), identified(http.get(), runId));
    }

    /** The API's ids are numbers; those of compatible servers may not be. */
    private static ObjectNode identified(CodegenHttp client, String runId) {
        try {
            return client.object().put("agent_run_id", Long.parseLong(runId));
        } catch (NumberFormatException e) {
            return client.object().put("agent_run_id", runId);
        }
    }

    private Outcome.CredentialsRefused unset() {
        return refusals.unset(settings.token().isEmpty() ? "token" : "organization");
    }

    @Override
    public void close() {
        watcher.ifPresent(RunWatcher::close);
        http.ifPresent(CodegenHttp::close);
    }
}
