/*
 * What libjpeg's jpeg_read_coefficients reads from a JPEG, as bytes on stdout, little endian, for each component:
 * width and height in blocks, horizontal and vertical factor (32 bits each), the 64 quantisation steps (16 bits), the
 * coefficients of all blocks, row by row (16 bits). Natural order throughout.
 *
 *   cc -O2 coefficients.c -o coefficients -ljpeg && ./coefficients picture.jpg | sha256sum
 *
 * Ends with 1 where libjpeg refuses the file, with 3 where it warned and made something up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) return 2;
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  jpeg_stdio_src(&jpeg, file);
  jpeg_read_header(&jpeg, TRUE);
  jvirt_barray_ptr *planes = jpeg_read_coefficients(&jpeg);
  for (int c = 0; c < jpeg.num_components; c++) {
    jpeg_component_info *component = &jpeg.comp_info[c];
    unsigned int sizes[4] = {component->width_in_blocks, component->height_in_blocks, component->h_samp_factor,
                             component->v_samp_factor};
    fwrite(sizes, sizeof(unsigned int), 4, stdout);
    fwrite(component->quant_table->quantval, sizeof(UINT16), DCTSIZE2, stdout);
    for (JDIMENSION row = 0; row < component->height_in_blocks; row++) {
      JBLOCKARRAY blocks = jpeg.mem->access_virt_barray((j_common_ptr)&jpeg, planes[c], row, 1, FALSE);
      fwrite(blocks[0], sizeof(JBLOCK), component->width_in_blocks, stdout);
    }
  }
  jpeg_finish_decompress(&jpeg);
  int result = errors.num_warnings > 0 ? 3 : 0;
  jpeg_destroy_decompress(&jpeg);
  return result;
}
