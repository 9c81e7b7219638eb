package io.taskweaver.agents.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.code.PreparedFiles;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;

/** {@link PreparedFiles} as JSON, for other processes of this machine. */
final class PreparedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PreparedJson() {}

    static ObjectNode write(PreparedFiles files) {
        var json = JSON.createObjectNode();
        var added = json.putArray("added");
        files.added().forEach(added::add);
        var changed = json.putArray("changed");
        for (var change : files.changed()) {
            var one = changed.addObject().put("path", change.path());
            change.before().ifPresent(entry -> one.set("before", write(entry)));
            change.after().ifPresent(entry -> one.set("after", write(entry)));
        }
        files.brought().ifPresent(commit -> json.put("brought", commit));
        return json;
    }

    private static ObjectNode write(FileEntry entry) {
        return JSON.createObjectNode()
                .put("mode", entry.mode())
                .put("object", entry.object())
                .put("bytes", entry.bytes());
    }

    static PreparedFiles read(String text) throws IOException {
        return read(JSON.readTree(text));
    }

    static PreparedFiles read(JsonNode json) {
        var added = new ArrayList<String>();
        for (var path : json.path("added")) added.add(path.asText());
        var changed = new ArrayList<EntryChange>();
        for (var one : json.path("changed"))
            changed.add(
                    new EntryChange(one.path("path").asText(), entry(one.path("before")), entry(one.path("after"))));
        var brought = json.path("brought");
        return new PreparedFiles(
                added, changed, brought.isTextual() ? Optional.of(brought.asText()) : Optional.empty());
    }

    private static Optional<FileEntry> entry(JsonNode json) {
        if (json.isMissingNode()) return Optional.empty();
        return Optional.of(new FileEntry(
                json.path("mode").asInt(),
                json.path("object").asText(),
                json.path("bytes").asLong()));
    }
}
