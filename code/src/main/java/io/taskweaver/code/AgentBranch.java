package io.taskweaver.code;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an agent says that its work is.
 *
 * @param branch name of a branch
 * @param pullRequest address or number of a pull request; GitLab calls it a merge request
 */
public record AgentBranch(Optional<String> branch, Optional<String> pullRequest) {
    private static final Pattern REQUEST = Pattern.compile(
            "https?://[^/]+/(.+?)(?:/-)?/(?:pull|pulls|merge_requests|pull-requests)/(\\d{1,18})(?:[/?#].*)?");
    private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");
    private static final Pattern PROJECT = Pattern.compile("(?:[a-z+]+://[^/]+/|[^/:]+:)(.+?)(?:\\.git)?/*");

    public AgentBranch {
        branch = branch.map(AgentBranch::plain).filter(name -> !name.isBlank());
        pullRequest = pullRequest.map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Whether it says nothing. */
    public boolean isNowhere() {
        return branch.isEmpty() && pullRequest.isEmpty();
    }

    private static String plain(String name) {
        var stripped = name.strip();
        return stripped.startsWith("refs/heads/") ? stripped.substring("refs/heads/".length()) : stripped;
    }

    /** Number of the request, if it is one of the repository with this address. */
    Optional<Long> requestOf(String url) {
        if (pullRequest.isEmpty()) return Optional.empty();
        var number = NUMBER.matcher(pullRequest.get());
        if (number.matches()) return Optional.of(Long.parseLong(number.group(1)));
        var request = REQUEST.matcher(pullRequest.get());
        var project = PROJECT.matcher(url);
        return request.matches()
                        && project.matches()
                        && request.group(1)
                                .toLowerCase(Locale.ROOT)
                                .equals(project.group(1).toLowerCase(Locale.ROOT))
                ? Optional.of(Long.parseLong(request.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return branch.map(name -> "branch " + name).orElseGet(() -> "pull request " + pullRequest.orElse(""));
    }
}
