using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Training.Evaluation.Methods;

/// <summary>Draws one frame of a person whose photo was read.</summary>
/// <param name="frame">[12, S, S] what is known of the frame, bytes; not kept.</param>
/// <param name="flow">[2, S/2, S/2] places in the photo, 1/16384; not kept.</param>
internal delegate ComparedPicture FrameDrawing(byte[] frame, short[] flow);
