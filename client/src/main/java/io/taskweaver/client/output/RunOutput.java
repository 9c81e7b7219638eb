package io.taskweaver.client.output;

import io.taskweaver.model.Contract;
import io.taskweaver.model.Plan;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.reports.Report;
import io.taskweaver.reports.picture.HtmlPicture;
import io.taskweaver.reports.picture.PlanMarkdown;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.rest.MergedView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the files of the output folder say. Pure: paths to texts. */
public final class RunOutput {
    /** Pages of larger plans take browsers too long; {@code taskweaver graph} draws them if asked to. */
    private static final int MOST_DRAWN = 2_000;

    private static final Pattern CONTRACT_FOLDER = Pattern.compile("^contracts/[^/]+/");

    private RunOutput() {}

    /**
     * All files of a run as it stands.
     *
     */
    public static SortedMap<String, String> files(Plan plan, PlanView view, MergedView merged, Instant now) {
        var files = new TreeMap<String, String>();
        files.put("plan.json", PlanJson.write(plan, view));
        files.put("plan.md", PlanMarkdown.write(plan));
        if (plan.tasks().size() <= MOST_DRAWN) files.put("graph.html", HtmlPicture.write(plan, view));
        files.put("report.md", Report.write(plan, view, now));
        for (var task : view.tasks())
            if (!task.isVerification())
                task.lastStart()
                        .map(PlanEvent.TaskStarted::query)
                        .ifPresent(query -> files.put(
                                "queries/" + OutputPaths.name(task.id().value()) + ".md", query));
        for (var contract : view.contracts().values()) files.putAll(contract(contract));
        for (var artifact : sources(view)) files.put("merged/" + artifact.path(), artifact.content());
        merged.files().forEach((path, text) -> files.put("merged/" + path, text));
        return files;
    }

    private static Map<String, String> contract(Contract contract) {
        var folder = "contracts/" + OutputPaths.name(contract.component()) + "/";
        var files = new HashMap<String, String>();
        var names = new HashSet<String>();
        for (var artifact : contract.artifacts()) {
            var path = CONTRACT_FOLDER.matcher(artifact.path()).replaceFirst("");
            var name = path.substring(path.lastIndexOf('/') + 1);
            files.put(folder + (names.add(name) ? name : path), artifact.content());
        }
        return files;
    }

    /** Contract files that merged code is compiled with; the rest of a contract lies under contracts/ alone. */
    private static List<Contract.Artifact> sources(PlanView view) {
        return view.contracts().values().stream()
                .flatMap(contract -> contract.files().stream())
                .filter(artifact -> !CONTRACT_FOLDER.matcher(artifact.path()).find())
                .toList();
    }
}
