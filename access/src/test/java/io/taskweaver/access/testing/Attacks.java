package io.taskweaver.access.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a browser sends for a page of another origin, as Chromium does, and what else reaches a service without its user's
 * will. Each carries a token all the same: a guard that rests on the token alone is none against a browser that knows it.
 */
public final class Attacks {
    private Attacks() {}

    /**
     * @param server that is attacked
     * @param token that would let the request in
     * @param path that takes JSON by POST
     * @param json that it would take
     */
    public static List<RawRequest> of(URI server, String token, String path, String json) {
        var own = server.getHost() + ":" + server.getPort();
        var page = "http://" + server.getHost() + ":9";
        var all = new ArrayList<RawRequest>();
        // fetch(url, {method: 'POST', mode: 'no-cors', body: new Blob([json])})
        all.add(fromPage(own, token, path, page, "same-site").body(json));
        all.add(fromPage(own, token, path, page, "cross-site").body(json));
        all.add(fromPage(own, token, path, page, "cross-site").chunked(json));
        // The same with the type that a page may not set without asking, as if it had been allowed to.
        all.add(fromPage(own, token, path, page, "same-site")
                .header("Content-Type", "application/json")
                .body(json));
        // A browser that knows no Sec-Fetch-Site.
        for (var origin : List.of(page, "null", "https://evil.example", "http://localhost", "file://"))
            all.add(to(own, token, path)
                    .header("Origin", origin)
                    .header("Content-Type", "application/json")
                    .body(json));
        // Forms, and bodies without a type or with one that needs no preflight.
        for (var type : List.of(
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=----x",
                "text/plain; application/json",
                "application/json, text/plain",
                "application/jsonp"))
            all.add(to(own, token, path).header("Content-Type", type).body(json));
        all.add(to(own, token, path).body(json));
        all.add(to(own, token, path).chunked(json));
        // A name of the attacker's that leads here (DNS rebinding), and what else may be made of a Host.
        for (var host : List.of(
                "evil.example:" + server.getPort(),
                "evil.example",
                "127.0.0.1.evil.example:" + server.getPort(),
                "localhost.evil.example:" + server.getPort(),
                "evil-localhost:" + server.getPort(),
                "0.0.0.0:" + server.getPort(),
                "2130706433:" + server.getPort(),
                "127.1:" + server.getPort(),
                "user@127.0.0.1:" + server.getPort(),
                "127.0.0.1:9",
                "[::]:" + server.getPort(),
                ""))
            all.add(to(host, token, path)
                    .header("Content-Type", "application/json")
                    .body(json));
        all.add(to(own, token, path)
                .header("Host", "evil.example")
                .header("Content-Type", "application/json")
                .body(json));
        all.add(RawRequest.of("POST", "http://evil.example" + path)
                .header("Host", own)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .body(json));
        return all;
    }

    /** Requests without a body by which a page asks or listens. */
    public static List<RawRequest> reading(URI server, String token, String path) {
        var own = server.getHost() + ":" + server.getPort();
        var page = "http://" + server.getHost() + ":9";
        return List.of(
                // img, script, fetch in mode no-cors
                bearing("GET", own, token, path).header("Sec-Fetch-Site", "same-site"),
                // fetch in mode cors, EventSource
                bearing("GET", own, token, path).header("Origin", page),
                // preflight
                bearing("OPTIONS", own, token, path)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,content-type")
                        .header("Access-Control-Request-Private-Network", "true")
                        .header("Origin", page),
                // WebSocket
                bearing("GET", own, token, path)
                        .header("Upgrade", "websocket")
                        .header("Origin", page)
                        .header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                bearing("GET", "evil.example", token, path),
                bearing("TRACE", own, token, path));
    }

    private static RawRequest to(String host, String token, String path) {
        return bearing("POST", host, token, path);
    }

    private static RawRequest bearing(String method, String host, String token, String path) {
        return RawRequest.of(method, path).header("Host", host).header("Authorization", "Bearer " + token);
    }

    private static RawRequest fromPage(String host, String token, String path, String page, String site) {
        return to(host, token, path)
                .header("Origin", page)
                .header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "no-cors")
                .header("Sec-Fetch-Dest", "empty")
                .header("Referer", page + "/")
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0")
                .header("Accept", "*/*");
    }
}
