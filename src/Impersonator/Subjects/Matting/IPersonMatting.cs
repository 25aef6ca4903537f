using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects.Matting;

/// <summary>Cuts a person out of a photo.</summary>
public interface IPersonMatting
{
    /// <summary>How much of each pixel belongs to the person.</summary>
    /// <param name="photo">The photo, without alpha of its own.</param>
    /// <param name="body">Gives the coverage of the fitted naked body, of the photo's size: where to look. Called only where it is needed.</param>
    /// <param name="keypoints">The person's keypoints, pixels of the photo: how far hair and clothes may reach.</param>
    /// <param name="look">What the network saw of the person; null where only keypoints are known.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>A matte of the photo's size.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or the body covers nothing.</exception>
    Matte Segment(Photo photo, Func<Matte> body, Keypoints keypoints, PersonLook? look = null, CancellationToken cancellationToken = default);
}
