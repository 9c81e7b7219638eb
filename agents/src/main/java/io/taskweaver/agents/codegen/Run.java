package io.taskweaver.agents.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.code.AgentBranch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service's data about a run.
 *
 * @param status as the service writes it, empty if it says none
 * @param result the agent's answer, once there is one
 * @param links addresses of pull requests, then of the run itself
 * @param branches where its pull requests are
 * @param attempt id of the attempt that it is labelled with
 */
record Run(
        String id,
        String status,
        Optional<String> result,
        Optional<String> summary,
        List<String> links,
        List<AgentBranch> branches,
        Optional<String> attempt) {
    /** The run of a JSON object; empty if it has no id. */
    static Optional<Run> of(JsonNode json, String attemptKey) {
        String id = json.path("id").asText("");
        if (id.isEmpty()) return Optional.empty();
        var links = new ArrayList<String>();
        var branches = new ArrayList<AgentBranch>();
        for (var request : json.path("github_pull_requests")) {
            var url = text(request, "url");
            url.ifPresent(links::add);
            branches.add(new AgentBranch(text(request, "head_branch_name"), url));
        }
        branches.removeIf(AgentBranch::isNowhere);
        text(json, "web_url").ifPresent(links::add);
        return Optional.of(new Run(
                id,
                text(json, "status").orElse(""),
                text(json, "result"),
                text(json, "summary"),
                links,
                branches,
                text(json.path("metadata"), attemptKey)));
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }
}
