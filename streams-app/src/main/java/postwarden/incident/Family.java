package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

/** How an incident changes when another one turns out to belong to it; pure. */
final class Family {
    private static final Comparator<Alert.Moment> BY_TIME = Comparator.comparing(Alert.Moment::time)
            .thenComparing(Alert.Moment::detector)
            .thenComparing(Alert.Moment::text);

    private Family() {}

    /** The parent after this child joined it. Joining twice changes nothing. */
    static Incident join(Incident parent, Incident child, DeskParams params) {
        Incident.Kin kin = parent.kin();
        if (!kin.children().contains(child.id())) {
            List<String> children = new ArrayList<>(kin.children());
            if (children.size() < params.maxChildren()) {
                children.add(child.id());
                children.sort(Comparator.naturalOrder());
            }
            Alert.Moment began = new Alert.Moment(
                    child.onset(), child.detector(), child.latest().title());
            kin = kin.with(children, byTime(kin.moments(), List.of(began), params.maxMoments()));
        }
        return heed(parent.with(kin), child);
    }

    /**
     * The parent as bad as this child at least while that goes on, because a page is as urgent as the worst that it stands for,
     * and with the causes and the advice of a child that knows the cause better.
     */
    static Incident heed(Incident parent, Incident child) {
        Incident.Kin kin = parent.kin();
        Finding worst = child.worst();
        if (Kinship.adoptsCause(child, parent)) {
            kin = kin.knowing(worst.causes(), worst.advice());
        }
        Severity severity = child.severity(worst);
        if (child.phase() != Phase.OVER && severity.compareTo(kin.raised().severity()) > 0) {
            String by = severity == worst.severity()
                    ? worst.detector() + ": " + worst.title()
                    : child.kin().raised().by();
            kin = kin.with(new Incident.Raised(severity, by));
        }
        return parent.with(kin);
    }

    /** The child under this parent. */
    static Incident under(Incident child, Incident parent) {
        return child.with(child.kin().under(parent.id()));
    }

    /** The parent after a child of its has ended. */
    static Incident outlived(Incident parent, Incident child, DeskParams params) {
        Incident.Kin kin = parent.kin();
        Alert.Moment end = new Alert.Moment(Pane.end(child.lastPane()), child.detector(), "Last seen of this.");
        return parent.with(kin.with(kin.children(), byTime(kin.moments(), List.of(end), params.maxMoments())));
    }

    /** What a person is told to do: the finding's own advice, then what was adopted and is not in it. */
    static List<Advice> advice(Incident incident, Finding own) {
        List<Advice> advice = new ArrayList<>(own.advice());
        for (Advice adopted : incident.kin().advice()) {
            if (advice.stream().noneMatch(known -> known.title().equals(adopted.title()))) {
                advice.add(adopted);
            }
        }
        return advice;
    }

    /** Both lists in order of time, each moment once, the earliest {@code most}. */
    static List<Alert.Moment> byTime(List<Alert.Moment> some, List<Alert.Moment> more, int most) {
        List<Alert.Moment> all = new ArrayList<>(some);
        all.addAll(more);
        return all.stream().distinct().sorted(BY_TIME).limit(most).toList();
    }
}
