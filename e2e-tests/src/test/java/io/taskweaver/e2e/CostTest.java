package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.bench.BrokerCounters;
import io.taskweaver.bench.PlanMeter;
import io.taskweaver.bench.Shape;
import io.taskweaver.client.Connection;
import io.taskweaver.client.ConnectionFile;
import io.taskweaver.model.PlanId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a task costs the broker, in counts, which are the same on a slow machine as on a fast one. The ceilings are a little
 * above what was measured, so that one record or request more for each task is over them: lower them with each improvement.
 */
class CostTest {
    /**
     * Measured: 18.09, of planner's and context's stores 9.07, of the journal 3, events 5, share group 1. The results here are
     * without a change: such a one has a version of the context too, and a record that says whose.
     */
    private static final double MOST_RECORDS = 18.5;

    /**
     * Measured: 12.5 to 13.02, of producers 9.5 to 10, of the share group 3: records of one moment share a request, so that a
     * machine with little else to do has a few more.
     */
    private static final double MOST_REQUESTS = 13.5;

    /** Measured: 7.5 to 8.4. A consumer that finds nothing asks again after a while, so that a slow machine has more. */
    private static final double MOST_FETCHES = 12;

    /** Measured: 1.4, of which 1 is the executor's heartbeat; a commit of what came last may fall into the window. */
    private static final double MOST_IDLE_RECORDS_PER_SECOND = 6;

    private static final int MOST_ROUNDS = 6;

    @TempDir
    Path dir;

    @Test
    void a_task_takes_no_more_records_and_requests_than_it_did_and_a_runtime_with_nothing_to_do_writes_next_to_nothing()
            throws Exception {
        try (var workspace = new Workspace(dir).with("TASKWEAVER_AGENT_IDLE_ENABLED", "true")) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var connection = Connection.of(
                    ConnectionFile.read(workspace.clientProperties()).settings());
            var runtime =
                    ProcessHandle.of(Long.parseLong(workspace.runtime("pid"))).orElseThrow();
            try (var meter = new PlanMeter(connection, runtime)) {
                var best = leastOf(meter);

                assertThat(perTask(best.allRecords())).as(best.toString()).isLessThan(MOST_RECORDS);
                assertThat(perTask(requests(best))).as(best.toString()).isLessThan(MOST_REQUESTS);
                assertThat(perTask(fetches(best))).as(best.toString()).isLessThan(MOST_FETCHES);

                var idle = meter.idle(Duration.ofSeconds(2));
                assertThat(idle.counters().allRecords() / (idle.wall().toMillis() / 1e3))
                        .as(idle.toString())
                        .isLessThan(MOST_IDLE_RECORDS_PER_SECOND);
            }
        }
    }

    /** The plan with the fewest requests: what other programs of the machine add to one, they do not add to each. */
    private static BrokerCounters leastOf(PlanMeter meter) throws Exception {
        var best = round(meter, 1);
        for (int round = 2; round <= MOST_ROUNDS && perTask(requests(best)) >= MOST_REQUESTS; round++) {
            var next = round(meter, round);
            if (requests(next) < requests(best)) best = next;
        }
        return best;
    }

    private static BrokerCounters round(PlanMeter meter, int round) throws Exception {
        return meter.run(new PlanId("cost-" + round), Shape.CHAIN).counters().ofWork();
    }

    private static long fetches(BrokerCounters counters) {
        return counters.requests().getOrDefault("Fetch", 0L);
    }

    /** Those that do not depend on time. */
    private static long requests(BrokerCounters counters) {
        return counters.allRequests() - fetches(counters);
    }

    private static double perTask(long count) {
        return (double) count / Shape.CHAIN.size();
    }
}
