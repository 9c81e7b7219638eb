package io.taskweaver.reports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Modules;
import io.taskweaver.requirements.gap.GapReport;
import io.taskweaver.wire.json.ModelJson;
import java.util.Locale;

/** Findings and code maps as JSON. */
public final class GapJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GapJson() {}

    /**
     * An object with the arrays {@code requirements, structure, unrequested}; each entry has {@code subject, id, title, source,
     * verdict, confidence, because, evidence}, where evidence is a list of {@code path, line, symbol}.
     */
    public static String write(GapReport report) {
        var json = NODES.objectNode();
        json.set("requirements", ModelJson.DOCUMENTS.valueToTree(report.requirements()));
        json.set("structure", ModelJson.DOCUMENTS.valueToTree(report.structure()));
        json.set("unrequested", ModelJson.DOCUMENTS.valueToTree(report.unrequested()));
        return ModelJson.document(json);
    }

    /** An object with the arrays {@code modules, files, skipped}. */
    public static String write(CodeMap map) {
        var json = NODES.objectNode();
        var modules = json.putArray("modules");
        for (var module : Modules.of(map)) {
            var entry = modules.addObject().put("name", module.name()).put("place", module.place());
            var files = entry.putArray("files");
            module.files().forEach(file -> files.add(file.path()));
            module.uses().forEach(entry.putArray("uses")::add);
        }
        var files = json.putArray("files");
        for (var file : map.files()) {
            var entry = files.addObject()
                    .put("path", file.path())
                    .put("language", file.language().title())
                    .put("test", file.isTest())
                    .put("complete", file.complete());
            var declarations = entry.putArray("declarations");
            for (var declaration : file.declarations())
                declarations
                        .addObject()
                        .put("kind", declaration.kind().name().toLowerCase(Locale.ROOT))
                        .put("symbol", declaration.symbol())
                        .put("detail", declaration.detail())
                        .put("public", declaration.open())
                        .put("line", declaration.line());
            file.imports().forEach(entry.putArray("imports")::add);
        }
        var skipped = json.putArray("skipped");
        map.skipped()
                .forEach(file -> skipped.addObject()
                        .put("path", file.path())
                        .put("reason", file.reason().words()));
        json.put("other_files", map.others().size());
        return ModelJson.document(json);
    }
}
