package io.taskweaver.executor;

import io.taskweaver.code.PlanDifference;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.RejectedResult;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a prompt says of a result that a person rejected: why, and what it changed. */
final class RejectedResults {
    private static final Logger LOG = Logger.getLogger(RejectedResults.class);

    /** Longest difference in a prompt, characters: the reason and a failure need room, too. */
    private static final int LONGEST = 7_000;

    private RejectedResults() {}

    /**
     * @param rejected the result that was rejected last
     * @param failure why the attempt before failed, if one failed since
     */
    static String feedback(PlanRepositories code, PlanId plan, RejectedResult rejected, Optional<String> failure)
            throws InterruptedException {
        var text = new StringBuilder("A person reviewed the result of an earlier attempt and rejected it:\n\n")
                .append(rejected.reason())
                .append("\n\n");
        if (rejected.commit().isEmpty()) text.append("It had changed nothing.");
        else
            text.append("The rejected result is not in the code. ")
                    .append(difference(code, plan, rejected.commit().get()));
        failure.ifPresent(
                why -> text.append("\n\nAn attempt after that failed:\n\n").append(why));
        return text.toString();
    }

    private static String difference(PlanRepositories code, PlanId plan, String commit) throws InterruptedException {
        try {
            if (!code.await(plan, commit)) return "It was the commit " + commit + ".";
            var changed = new String(
                    PlanDifference.ofResult(code.of(plan), commit, PlanDifference.Form.PATCH, false),
                    StandardCharsets.UTF_8);
            return changed.length() <= LONGEST
                    ? "It changed:\n\n" + changed
                    : "It changed, shortened (`git show " + commit + "` has all of it):\n\n"
                            + changed.substring(0, LONGEST) + "\n...";
        } catch (IOException e) {
            // The reason is what counts.
            LOG.warnf("The difference of a rejected result cannot be read plan=%s commit=%s cause=%s", plan, commit, e);
            return "It was the commit " + commit + ".";
        }
    }
}
