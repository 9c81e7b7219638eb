package io.taskweaver.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.model.Plan;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.analysis.LineAccount;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.wire.json.ModelJson;
import java.util.List;
import java.util.Locale;

/** What was read in documents, as JSON; with an account of every line where one is asked for. */
public final class ReadingJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReadingJson() {}

    /** Requirements as tasks, constraints, boundaries; {@code lines} holds one entry for each line of each account. */
    public static String requirements(Plan plan, List<LineAccount> accounts) {
        var json = PlanJson.of(plan);
        if (!accounts.isEmpty()) accounts.forEach(account -> lines(json.withArray("lines"), account));
        return ModelJson.document(json);
    }

    /** The lines alone. */
    public static String lines(List<LineAccount> accounts) {
        var json = NODES.objectNode();
        var lines = json.putArray("lines");
        accounts.forEach(account -> lines(lines, account));
        return ModelJson.document(json);
    }

    /** Components, who uses whom, interfaces, what the product builds on, files. */
    public static String structure(Structure structure, List<LineAccount> accounts) {
        var json = NODES.objectNode();
        named(json.putArray("components"), structure.components());
        var links = json.putArray("dependencies");
        for (var link : structure.links())
            links.addObject()
                    .put("from", link.from())
                    .put("to", link.to())
                    .put("because", link.because())
                    .put("line", link.at().firstLine());
        named(json.putArray("interfaces"), structure.interfaces());
        named(json.putArray("external"), structure.externals());
        structure.files().forEach(json.putArray("files")::add);
        var requirements = json.putArray("requirements");
        structure
                .requirements()
                .ifPresent(analysis -> analysis.requirements().forEach(requirement -> {
                    var entry = requirements.addObject();
                    requirement.id().ifPresent(id -> entry.put("id", id));
                    entry.put("title", requirement.title())
                            .put("line", requirement.at().firstLine());
                }));
        accounts.forEach(account -> lines(json.withArray("lines"), account));
        return ModelJson.document(json);
    }

    private static void named(ArrayNode json, List<Component> components) {
        for (var component : components) {
            var object = json.addObject().put("name", component.name()).put("description", component.description());
            var paths = object.putArray("paths");
            component.paths().forEach(paths::add);
        }
    }

    private static void lines(ArrayNode json, LineAccount account) {
        for (var line : account.lines()) {
            var entry = json.addObject()
                    .put("path", account.path())
                    .put("line", line.number())
                    .put("use", line.use().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (!line.what().isEmpty()) entry.put("of", line.what());
            if (line.why().isEmpty()) continue;
            entry.put("reason", line.why())
                    .put("sureness", line.sureness().name().toLowerCase(Locale.ROOT));
        }
    }
}
