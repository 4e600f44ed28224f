using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FundingFlows.Support;

/// <summary>
/// The part of the runtime's API that publishes. The package has no base class for it, so it is bound by hand; who binds a method
/// looks for one that is virtual, as generated ones are.
/// </summary>
[BindServiceMethod(typeof(DaprRuntime), nameof(Bind))]
public class DaprRuntime(Func<PublishEventRequest, Task> publish)
{
    public static void Bind(ServiceBinderBase binder, DaprRuntime? service) => binder.AddMethod(
        new Method<PublishEventRequest, Empty>(
            MethodType.Unary, "dapr.proto.runtime.v1.Dapr", "PublishEvent",
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, PublishEventRequest.Parser.ParseFrom),
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, Empty.Parser.ParseFrom)),
        service is null ? null! : service.PublishEvent);

    public virtual async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        await publish(request);
        return new Empty();
    }
}
