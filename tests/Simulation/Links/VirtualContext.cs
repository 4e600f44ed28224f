using Microsoft.AspNetCore.Http;

namespace FundingFlows.Simulation;

/// <summary>What a method is told of the call that it answers.</summary>
internal sealed class VirtualContext : ServerCallContext
{
    private readonly string method;
    private readonly DateTime deadline;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<object, object> state;

    public VirtualContext(string method, DateTime deadline, CancellationToken cancellation)
    {
        (this.method, this.deadline, this.cancellation) = (method, deadline, cancellation);
        // Where the extension of Grpc.AspNetCore looks for it.
        state = new Dictionary<object, object> { ["__HttpContext"] = new DefaultHttpContext() };
    }

    protected override string MethodCore => method;

    protected override string HostCore => "";

    protected override string PeerCore => "";

    protected override DateTime DeadlineCore => deadline;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellation;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new("", []);

    protected override IDictionary<object, object> UserStateCore => state;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
