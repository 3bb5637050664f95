package postwarden.detect.distributedflood;

import postwarden.detect.Grade;
import postwarden.detect.Severity;
import postwarden.detect.reading.Persistence;

/**
 * What is asked of a crowd: of one that is large enough to take any host's slots, or of a smaller one, which must be plainer.
 *
 * @param immediate different clients in a minute at which persistence is not waited for
 */
record CrowdFloor(
        int clients,
        double immediate,
        double growth,
        double productiveShare,
        double strangers,
        Persistence persistence,
        Grade grade) {

    static CrowdFloor large(DistributedFloodParams params) {
        return new CrowdFloor(
                params.clients(),
                params.immediateFactor() * params.clients(),
                params.growth(),
                params.productiveShare(),
                params.strangers(),
                params.persistence(),
                Severity.HIGH.because(
                        "the slots that the crowd takes are missing to partners, and no limit for one client stops it"));
    }

    static CrowdFloor small(DistributedFloodParams params) {
        DistributedFloodParams.Small small = params.small();
        return new CrowdFloor(
                small.clients(),
                Double.MAX_VALUE,
                small.growth(),
                small.productiveShare(),
                small.strangers(),
                small.persistence(),
                Severity.MEDIUM.because(
                        "the crowd is small: partners still get in, and it may only be a wave of spam"));
    }
}
