package io.taskweaver.executor;

import io.taskweaver.agents.Agents;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.DescribedAgents;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.SandboxMode;
import io.taskweaver.agents.command.SandboxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The coding agents that can run here, and missing requirements of this machine.
 *
 * @param sandbox where commands run
 * @param lacks missing requirements that disable part of the configuration, a sentence or two each: an installed agent
 *     that cannot be used, or checks that are not run
 * @param unready what described agents lack that cannot run here
 * @param folder folder of a user's files that describe agents
 * @param secrets what must not be published of what is configured here
 */
record ConfiguredAgents(
        List<CodingAgent> agents,
        Capabilities capabilities,
        Sandbox sandbox,
        List<String> lacks,
        Map<String, String> unready,
        Path folder,
        ExecutorSecrets secrets) {
    private static final String NONE = "No coding agent is configured. Set CODEGEN_ORG_ID and CODEGEN_API_TOKEN, or"
            + " taskweaver.agent.simulated.url.";

    private static final Path USUAL_SETUP_CACHE = Path.of(".taskweaver", "setups");

    ConfiguredAgents {
        agents = List.copyOf(agents);
        lacks = List.copyOf(lacks);
        unready = Map.copyOf(unready);
    }

    /** Agents with settings, and agents described by files that are ready here. */
    static ConfiguredAgents of(AgentSettings settings, ExecutorSettings executor, Map<String, String> environment) {
        var configured = new ArrayList<>(of(settings));
        var lacks = new LinkedHashSet<String>();
        var unready = new HashMap<String, String>();
        var work = workFolder(executor);
        var capabilities = Capabilities.of(work, environment);
        var sandbox = sandbox(executor, environment);
        if (executor.sandbox().mode() == SandboxMode.ON && !sandbox.isOn())
            lacks.add("Commands do not run, for taskweaver.executor.sandbox is 'on' and there is no sandbox ("
                    + sandbox.about() + "). " + Sandbox.remedy());
        var commands = CommandSettings.in(work, executor.keepWork())
                .in(sandbox)
                .limitedTo(executor.maxResultBytes())
                .withSetups(setupCache(executor), executor.setupCacheBytes());
        var described = new DescribedAgents(executor.agents().or(() -> DescribedAgents.folder(environment)));
        for (var known : described.known(environment)) {
            var missing =
                    described.isCommand(known.name()) ? capabilities.withoutCommands() : List.<Capabilities.Lack>of();
            if (known.installed() && !missing.isEmpty())
                missing.forEach(lack -> lacks.add("The agent " + known.name() + " is not used. " + lack));
            else if (known.ready().isPresent()) configured.add(described.agent(known.name(), commands, environment));
            else unready.put(known.name(), known.lack());
        }
        if (executor.contractChecks())
            capabilities.withoutContractChecks().forEach(lack -> lacks.add("Contracts are not checked. " + lack));
        capabilities.withoutVerification().forEach(lack -> lacks.add("Results cannot be verified. " + lack));
        return new ConfiguredAgents(
                configured,
                capabilities,
                sandbox,
                List.copyOf(lacks),
                unready,
                executor.agents().orElseGet(() -> DescribedAgents.usualFolder(environment)),
                ExecutorSecrets.of(configured, environment));
    }

    /** Outcome of an attempt whose agent is not configured here: says which are, and how to add it. */
    Outcome.NotConfigured missing(String name) {
        var others = agents.isEmpty()
                ? "None is."
                : "Configured are: "
                        + agents.stream().map(CodingAgent::name).sorted().collect(Collectors.joining(", ")) + ".";
        var remedy = switch (name) {
            case Agents.CODEGEN -> "set CODEGEN_ORG_ID and CODEGEN_API_TOKEN for the executors";
            case Agents.SIMULATED -> "set taskweaver.agent.simulated.url for the executors";
            default ->
                unready.containsKey(name)
                        ? unready.get(name) + ", on the machines of the executors"
                        : "describe it in a file " + folder.resolve(name + ".yaml")
                                + " on the machines of the executors (taskweaver agents --print claude prints an"
                                + " example)";
        };
        return new Outcome.NotConfigured(
                "No coding agent '" + name + "' is configured on this executor. " + others,
                "To add it, " + remedy
                        + ", restart them (a local runtime: taskweaver down), and resume the plan; or choose"
                        + " one that is configured.");
    }

    private static Sandbox sandbox(ExecutorSettings executor, Map<String, String> environment) {
        var wanted = executor.sandbox();
        var hidden = new ArrayList<>(wanted.hide().orElse(List.of()));
        hidden.add(workFolder(executor));
        hidden.add(setupCache(executor));
        executor.code().ifPresent(hidden::add);
        return Sandbox.of(
                wanted.mode(),
                new SandboxSettings(
                        wanted.read().orElse(List.of()),
                        wanted.write().orElse(List.of()),
                        hidden.stream()
                                .map(folder -> folder.toAbsolutePath().normalize())
                                .toList(),
                        wanted.variables().orElse(List.of()),
                        wanted.network(),
                        wanted.caches()),
                environment);
    }

    /** Why no agent can run here; empty if one can. */
    Optional<String> none() {
        if (!agents.isEmpty()) return Optional.empty();
        return Optional.of(lacks.isEmpty() ? NONE : NONE + " " + String.join(" ", lacks));
    }

    /** Folder in which agents with a command line run, and results are verified. */
    static Path workFolder(ExecutorSettings executor) {
        return executor.work().orElseGet(Capabilities::usualWorkFolder);
    }

    /** Folder for what set-up commands make. */
    static Path setupCache(ExecutorSettings executor) {
        return executor.setupCache().orElse(USUAL_SETUP_CACHE);
    }

    static List<CodingAgent> of(AgentSettings settings) {
        var values = new HashMap<String, String>();
        var codegen = settings.codegen();
        put(values, Agents.CODEGEN, codegen);
        put(values, "codegen.repo-id", codegen.repoId());
        put(values, "codegen.model", codegen.model());
        put(values, "codegen.agent-type", codegen.agentType());
        put(values, "simulated.base-url", settings.simulated().url());
        put(values, Agents.SIMULATED, settings.simulated());

        var agents = new Agents(values);
        var configured = new ArrayList<CodingAgent>();
        if (values.containsKey("codegen.org-id") && values.containsKey("codegen.token"))
            configured.add(agents.agent(Agents.CODEGEN));
        if (values.containsKey("simulated.base-url")) configured.add(agents.agent(Agents.SIMULATED));
        if (settings.idle().enabled()) configured.add(new IdleAgent());
        return configured;
    }

    private static void put(Map<String, String> values, String agent, AgentSettings.Client client) {
        put(values, agent + ".base-url", client.baseUrl());
        put(values, agent + ".org-id", client.orgId());
        put(values, agent + ".token", client.token());
        put(values, agent + ".poll-interval", client.pollInterval());
        put(values, agent + ".longest-pause", client.longestPause());
        put(values, agent + ".page-size", client.pageSize());
        put(values, agent + ".poll-pages", client.pollPages());
        put(values, agent + ".poll-singles", client.pollSingles());
        put(values, agent + ".request-timeout", client.requestTimeout());
        put(values, agent + ".connect-timeout", client.connectTimeout());
        put(values, agent + ".settling", client.settling());
        put(values, agent + ".lookup-pages", client.lookupPages());
        put(values, agent + ".creations-per-minute", client.creationsPerMinute());
    }

    private static void put(Map<String, String> values, String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> values.put(name, text));
    }
}
