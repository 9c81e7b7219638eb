package io.taskweaver.agents.codegen;

/**
 * Paths of the API's operations, below its base URL. {@code {org}} stands for the organization's id and {@code {run}}
 * for the run's.
 */
public record CodegenPaths(String create, String get, String list, String resume, String ban) {
    public static final CodegenPaths DEFAULT = new CodegenPaths(
            "/v1/organizations/{org}/agent/run",
            "/v1/organizations/{org}/agent/run/{run}",
            "/v1/organizations/{org}/agent/runs",
            "/v1/organizations/{org}/agent/run/resume",
            "/v1/organizations/{org}/agent/run/ban");
}
