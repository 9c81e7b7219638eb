package io.taskweaver.code;

import io.taskweaver.model.BaseCommit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Files of a base that look as if they hold secrets, and that came into it only because nothing ignores them. */
public final class LikelySecrets {
    private static final Pattern NAME =
            Pattern.compile("\\.env(\\..+)?|.+\\.env|.+\\.(pem|key|p12|pfx|jks|keystore|kdbx|ovpn)"
                    + "|id_(rsa|dsa|ecdsa|ed25519)|\\.?credentials(\\.(json|ya?ml|toml|ini|txt|csv|xml|db))?|\\.(netrc|npmrc|pypirc|pgpass|htpasswd|git-credentials)"
                    + "|secrets?\\.(ya?ml|json|toml|txt|properties)|service-?account.*\\.json|.+\\.tfvars");
    /** What a file of that name holds is made up. */
    private static final Pattern EXAMPLE =
            Pattern.compile(".*\\b(example|sample|template|dist|defaults?|test|schema)\\b.*");

    private LikelySecrets() {}

    /** Whether a name is that of such a file. */
    static boolean isNamed(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !EXAMPLE.matcher(name).matches();
    }

    /**
     * Those of a base that Git does not track.
     *
     * @param code repository that has the base
     */
    public static List<String> in(CodeRepository code, BaseCommit base) throws IOException, InterruptedException {
        var found = new TreeSet<String>();
        code.eachFile(code.treeOf(base.commit()), (path, entry) -> {
            if (entry.isFile() && isNamed(path)) found.add(path);
        });
        if (!found.isEmpty() && !base.folder().isEmpty()) found.removeAll(tracked(Path.of(base.folder()), found));
        return List.copyOf(found);
    }

    private static Set<String> tracked(Path folder, Set<String> paths) throws IOException, InterruptedException {
        var git = Git.ofUser(folder);
        if (!CodeSnapshot.isInWorkTree(git)) return Set.of();
        var top = Git.ofUser(Path.of(git.text("rev-parse", "--show-toplevel")))
                .with(Map.of("GIT_DIR", git.text("rev-parse", "--absolute-git-dir")));
        var tracked = new TreeSet<>(GitPath.zeroSeparated(top.bytes("ls-files", "-z", "--cached")));
        tracked.retainAll(paths);
        return tracked;
    }
}
