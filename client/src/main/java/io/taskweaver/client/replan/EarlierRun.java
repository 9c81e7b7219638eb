package io.taskweaver.client.replan;

import io.taskweaver.client.CodeInventory;
import io.taskweaver.model.CodeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an earlier run left in its output folder.
 *
 * @param plan its plan, and how far it came
 * @param merged the files that its tasks made; contracts are written anew and are left out
 * @param complete whether all of them are here with their text; false if there was no room
 */
public record EarlierRun(EarlierPlan plan, List<CodeFile> merged, boolean complete) {
    private record Named(String name, String text) {}

    public EarlierRun {
        merged = List.copyOf(merged);
    }

    /**
     * Reads a folder.
     *
     * @param budgetBytes most bytes that the merged files may take up
     * @return empty if no run wrote there
     * @throws IOException if it cannot be read
     * @throws java.io.UncheckedIOException if a merged file cannot be read
     * @throws IllegalArgumentException if its plan contradicts the rules of plans
     */
    public static Optional<EarlierRun> read(Path folder, long budgetBytes) throws IOException {
        var file = folder.resolve(EarlierPlan.FILE);
        if (!Files.isRegularFile(file)) return Optional.empty();
        var plan = EarlierPlan.read(file);
        if (plan.isEmpty()) return Optional.empty();
        var merged = folder.resolve("merged");
        if (!Files.isDirectory(merged)) return Optional.of(new EarlierRun(plan.get(), List.of(), true));
        var inventory = CodeInventory.read(merged, budgetBytes);
        var contracts = contracts(folder.resolve("contracts"));
        var files = inventory.files().stream()
                .filter(found -> found.content()
                        .map(text -> !contracts.contains(new Named(name(found.path()), text)))
                        .orElse(true))
                .toList();
        return Optional.of(
                new EarlierRun(plan.get(), files, inventory.withoutContent() == 0 && inventory.leftOut() == 0));
    }

    private static Set<Named> contracts(Path folder) throws IOException {
        var contracts = new HashSet<Named>();
        if (!Files.isDirectory(folder)) return contracts;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                contracts.add(new Named(name(file.toString()), Files.readString(file)));
        }
        return contracts;
    }

    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
