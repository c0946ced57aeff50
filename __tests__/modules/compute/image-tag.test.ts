import { imageTagConfig } from "../../../modules/compute/image-tag";

describe("imageTagConfig", () => {
  test("starts with the tag of the settings, and takes any other but latest and none", () => {
    expect(imageTagConfig("api", "1.0.0", "api_image_tag")).toEqual({
      type: "string",
      default: "1.0.0",
      nullable: false,
      description: "Image tag of the container api",
      validation: [
        {
          condition: '${var.api_image_tag != "latest" && var.api_image_tag != ""}',
          errorMessage: "The tag must be a fixed version, not latest.",
        },
      ],
    });
  });
});
