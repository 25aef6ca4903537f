using Impersonator.Cli.Diagnosis;

namespace Impersonator.Tests.Diagnosis;

public sealed class DoctorTests
{
    [Fact]
    public void Examine_ThisMachine_EverythingNeededIsSound()
    {
        Finding[] findings = [.. Doctor.Examine("cpu", null)];
        Assert.Equal(["processor", "models", "ONNX Runtime", "ffmpeg", "training"], findings.Select(f => f.Subject));
        Assert.All(findings, finding => Assert.True(finding.Sound || finding.Subject == "ffmpeg", finding.Text));
        Assert.All(findings, finding => Assert.DoesNotContain('\n', finding.Text));
        Assert.Contains("loss", findings[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_UnknownDevice_IsAFindingNotACrash()
    {
        Finding training = Doctor.Examine("tpu", null).Last();
        Assert.False(training.Sound);
        Assert.Contains("auto, cpu or cuda", training.Text, StringComparison.Ordinal);
    }
}
