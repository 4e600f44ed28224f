using FundingFlows.Journal;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>The data folder of one instance, copied and put back while the instance is stopped, and what its body's journal holds.</summary>
internal sealed class OldDisk(TestFederation federation, string instance, string body)
{
    private readonly Dictionary<string, byte[]> files = [];

    public string Folder => Path.Combine(federation.Folder, instance);

    public Sequencer Sequencer => federation.Instance(instance).Services.GetRequiredService<BodyHost>().Find(body)!.Sequencer;

    public string? ReadsOnly => Sequencer.ReadsOnlyBecause;

    /// <summary>Stops the instance, copies its folder, and starts it again.</summary>
    public async Task CopyAsync()
    {
        await federation.StopAsync(instance);
        files.Clear();
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            files[file] = await File.ReadAllBytesAsync(file);
        await federation.StartAsync(instance);
    }

    /// <summary>Stops the instance, puts the old copy in the place of what it has, and starts it again without waiting.</summary>
    public async Task PutBackAsync()
    {
        await federation.StopAsync(instance);
        foreach (var file in Directory.GetFiles(Folder, "*.db*"))
            File.Delete(file);
        foreach (var (file, bytes) in files)
        {
            await File.WriteAllBytesAsync(file, bytes);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        await federation.StartReadingAsync(instance);
    }

    public Task UntilItGoesOnAsync() => Wait.UntilAsync(() => Task.FromResult(ReadsOnly), why => why is null, $"{body} taking commands");

    public Task<string> UntilItSaysAsync(string what) => Wait.UntilAsync(
        () => Task.FromResult(ReadsOnly ?? ""), why => why.Contains(what, StringComparison.Ordinal), $"{body} saying '{what}'");

    public async Task<IReadOnlyList<ByteString>> EntriesAsync() =>
        (await new JournalService.JournalServiceClient(federation.ToBody(body)).ReadJournalAsync(new ReadJournalRequest { Body = body, PageSize = 1_000 })).Page.Entries;

    /// <summary>A command fails because the body only reads. Answers with the sentence.</summary>
    public static async Task<string> RefusedAsync(Func<Task> command)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(command);
        Assert.Equal((StatusCode.Unavailable, "JOURNAL_READ_ONLY"), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        Assert.NotNull(refused.GetRpcStatus()!.GetDetail<RetryInfo>());
        return refused.Status.Detail;
    }
}
