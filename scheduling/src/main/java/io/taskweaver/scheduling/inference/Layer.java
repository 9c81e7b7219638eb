package io.taskweaver.scheduling.inference;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of a product that a task works on, in the order in which products are built from the ground up. */
public enum Layer {
    SETUP(
            "setup",
            "set up setup initialize initialise init bootstrap scaffold scaffolding repository repo project environment tooling boilerplate monorepo"
                    + " workspace skeleton initial installation dependencies configuration configure foundation foundational prerequisites"),
    DATA(
            "data model",
            "database schema model models entity entities table tables migration migrations orm prisma postgres postgresql sqlite mongodb supabase persistence repository"
                    + " storage data types type domain index"),
    SERVICE(
            "service",
            "service services backend server engine logic algorithm processing processor core worker queue manager system pipeline parser"
                    + " authentication authorization auth cache caching library module"),
    API(
            "API",
            "api apis endpoint endpoints rest graphql route routes controller controllers websocket webhook rpc grpc middleware gateway"),
    UI(
            "user interface",
            "ui ux frontend page pages screen screens component components layout dashboard form modal button view views navigation interface"
                    + " theme style styling css responsive widget dialog display design animation"),
    INTEGRATION(
            "integration",
            "integrate integration integrations connect sync synchronization import export notification notifications email payment analytics"),
    QUALITY(
            "quality",
            "optimize optimization optimisation performance security hardening accessibility monitoring logging polish refine refactor error errors audit compliance compatibility cross-platform cleanup"
                    + " caching rate limiting"),
    TEST(
            "tests",
            "test tests testing qa e2e unit coverage validation verify verification benchmark quality assurance user acceptance"),
    DOCS("documentation", "document documentation docs readme guide tutorial manual onboarding examples"),
    DEPLOY(
            "deployment",
            "deploy deployment ci cd release publish launch hosting docker kubernetes submission package packaging rollout infrastructure terraform");

    private static final Map<String, List<Layer>> BY_TERM = new HashMap<>();

    static {
        var reader = new TermReader();
        for (var layer : values())
            for (var term : reader.terms(layer.words)) BY_TERM.merge(term, List.of(layer), Layer::joined);
    }

    private final String title;
    private final String words;

    Layer(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /** What it is called in a sentence. */
    public String title() {
        return title;
    }

    private static List<Layer> joined(List<Layer> one, List<Layer> other) {
        if (one.containsAll(other)) return one;
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    /** How much of a title speaks of each layer: shares that sum to 1, or all 0. */
    static double[] shares(Collection<String> terms) {
        var shares = new double[values().length];
        double sum = 0;
        for (var term : terms) {
            var layers = BY_TERM.getOrDefault(term, List.of());
            for (var layer : layers) shares[layer.ordinal()] += 1.0 / layers.size();
            if (!layers.isEmpty()) sum++;
        }
        if (sum > 0) for (int i = 0; i < shares.length; i++) shares[i] /= sum;
        return shares;
    }
}
